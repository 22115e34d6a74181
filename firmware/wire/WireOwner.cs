namespace SharpProbe.Wire;

/// <summary>The wire has one user at a time: the first to need it holds it until it lets go; the others are refused.</summary>
public sealed class WireOwner
{
    public WireUser Holder { get; private set; }

    /// <summary>False: somebody else holds it.</summary>
    public bool TryTake(WireUser user)
    {
        if (Holder != WireUser.Nobody && Holder != user) return false;
        Holder = user;
        return true;
    }

    /// <summary>Does nothing when somebody else holds it.</summary>
    public void Release(WireUser user)
    {
        if (Holder == user) Holder = WireUser.Nobody;
    }
}
