namespace SharpProbe.Tests.Guest;

/// <summary>Tests that share the guest; one after another.</summary>
[CollectionDefinition(Name)]
public sealed class GuestCollection : ICollectionFixture<LinuxGuest>
{
    public const string Name = "Linux guest";
}
