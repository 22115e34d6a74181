using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>POWER of the nRF51 (Reference Manual 3.0, "POWER"): causes of resets, retained words, RAM switches (kept). CLOCK and MPU, which share its page, read as zero.</summary>
public sealed class PowerNrf51 : Peripheral
{
    private const uint Dog = 2, Sreq = 4;

    private readonly Register _reason, _kept;

    public PowerNrf51() : base("POWER")
    {
        _reason = Add(new() { Name = "RESETREAS", Offset = 0x400, ReadMask = 0x7000F, WriteMask = 0, ClearByOne = 0x7000F });
        Add(new() { Name = "SYSTEMOFF", Offset = 0x500, ReadMask = 0, WriteMask = 1, Unmodelled = [new("SYSTEMOFF", 1)] });
        _kept = Add(new() { Name = "GPREGRET", Offset = 0x51C, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(new() { Name = "RAMON", Offset = 0x524, Reset = 3, ReadMask = 0xF000F, WriteMask = 0xF000F });
        Add(new() { Name = "RAMONB", Offset = 0x554, Reset = 3, ReadMask = 0xF000F, WriteMask = 0xF000F });
    }

    public void Reset(ResetCause cause)
    {
        (uint reason, uint kept) = (_reason.Value, _kept.Value);
        base.Reset();
        if (cause == ResetCause.PowerOn) return;
        _reason.Value = reason | (cause == ResetCause.IndependentWatchdog ? Dog : Sreq);
        if (cause == ResetCause.Software) _kept.Value = kept;
    }
}
