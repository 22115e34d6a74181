namespace SharpProbe.Target.Silabs;

/// <summary>Where a part's MSC is and how its registers lie.</summary>
/// <param name="base">First address.</param>
/// <param name="lock">Offset of LOCK.</param>
/// <param name="isFirst">EFM32G: the loaded address does not count up.</param>
/// <param name="clock">Series 2: the MSC's bit in CMU.CLKEN1, without which the bus says no; 0: older.</param>
readonly struct MscKind(uint @base, uint @lock, bool isFirst, uint clock)
{
    public uint Base { get; } = @base;
    public uint Lock { get; } = @lock;
    public bool IsFirst { get; } = isFirst;
    public uint Clock { get; } = clock;

    /// <summary>EFR32xG22 and later: an address is taken as it is written, a word starts by itself.</summary>
    public bool IsSeries2 => Clock != 0;

    /// <summary>What is added to the offsets of WRITECTRL, WRITECMD and ADDRB.</summary>
    public uint Shift => IsSeries2 ? 4u : 0;
}
