namespace SharpProbe.Tests.Guest;

/// <summary>Simulated targets that are not STM32, and other people's drivers of them, in a guest of their own.</summary>
[CollectionDefinition(Name)]
public sealed class VendorGuestCollection : ICollectionFixture<LinuxGuest>
{
    public const string Name = "Linux guest: targets of other makers";
}
