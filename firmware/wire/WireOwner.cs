namespace SharpProbe.Wire;

/// <summary>The wire has one user at a time: the first to need it holds it until it lets go; the others are refused.</summary>
public sealed class WireOwner
{
    public WireUser Holder { get; private set; }

    /// <summary>Somebody else was refused.</summary>
    public bool Wanted { get; private set; }

    public bool IsFreeFor(WireUser user) => Holder == WireUser.Nobody || Holder == user;

    /// <summary>False: somebody else holds it.</summary>
    public bool TryTake(WireUser user)
    {
        Wanted = !IsFreeFor(user);
        if (Wanted) return false;
        Holder = user;
        return true;
    }

    /// <summary>Does nothing when somebody else holds it.</summary>
    public void Release(WireUser user)
    {
        if (Holder != user) return;
        Holder = WireUser.Nobody;
        Wanted = false;
    }
}
