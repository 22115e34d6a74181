namespace SharpProbe.Tests.Guest;

/// <summary><see cref="GuestFactAttribute"/> for several boards.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestTheoryAttribute : TheoryAttribute
{
    public GuestTheoryAttribute() => Skip = GuestFactAttribute.Missing;
}
