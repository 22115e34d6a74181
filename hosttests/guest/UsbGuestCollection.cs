namespace SharpProbe.Tests.Guest;

/// <summary>What a Linux computer and its programs make of the USB device, in a guest of their own (<see cref="GuestCollection"/>).</summary>
[CollectionDefinition(Name)]
public sealed class UsbGuestCollection : ICollectionFixture<LinuxGuest>
{
    public const string Name = "Linux guest: USB";
}
