namespace SharpProbe.Tests.Guest;

/// <summary>A measurement in a Linux guest, half a minute each: done where it is asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuestFiguresAttribute : TheoryAttribute
{
    public GuestFiguresAttribute() => Skip = Environment.GetEnvironmentVariable("GUEST_FIGURES") is null or "" ? "a measurement: GUEST_FIGURES=1 asks for it" : GuestFactAttribute.Missing;
}
