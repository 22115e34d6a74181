namespace SharpProbe.Tests.Guest;

/// <summary>OpenOCD's and pyOCD's ways with the probe itself, in a guest of their own (<see cref="GuestCollection"/>).</summary>
[CollectionDefinition(Name)]
public sealed class DebuggerGuestCollection : ICollectionFixture<LinuxGuest>
{
    public const string Name = "Linux guest: debuggers";
}
