namespace SharpProbe.Tests.Guest;

/// <summary>Simulated STM32s and other people's drivers of them, one test after another in a guest of their own. Collections run beside each other: a guest waits half of its time.</summary>
[CollectionDefinition(Name)]
public sealed class GuestCollection : ICollectionFixture<LinuxGuest>
{
    public const string Name = "Linux guest: targets";
}
