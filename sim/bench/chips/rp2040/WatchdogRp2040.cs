namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>WATCHDOG: scratch registers and a reset on demand (RP2040 datasheet 4.7). The counter is not modelled: enabling it stops the bench.</summary>
public sealed class WatchdogRp2040 : Peripheral
{
    private const uint Trigger = 1u << 31;

    private uint _reason;

    /// <param name="fire">Resets the chip.</param>
    public WatchdogRp2040(Action fire) : base("WATCHDOG")
    {
        Add(new() { Name = "CTRL", Offset = 0, Reset = 0x0700_0000, ReadMask = 0x47FF_FFFF, WriteMask = 0x4700_0000, Unmodelled = [new("ENABLE", 1 << 30)], OnWrite = (_, v) => { if ((v & Trigger) != 0) { _reason = 2; fire(); } } });
        Add(new() { Name = "LOAD", Offset = 4, ReadMask = 0, WriteMask = 0, OnWrite = (_, _) => { } });
        Add(new() { Name = "REASON", Offset = 8, WriteMask = 0, OnRead = () => _reason, OnWrite = (_, _) => { } });
        for (uint i = 0; i < 8; i++) Add(new() { Name = $"SCRATCH{i}", Offset = 12 + i * 4 });
        Add(new() { Name = "TICK", Offset = 0x2C, Reset = 0x200, ReadMask = 0xFFFFF, WriteMask = 0x3FF });
    }

    /// <summary>Scratch registers and reason outlive its own reset.</summary>
    public void Reset(bool powerOn)
    {
        if (powerOn)
        {
            _reason = 0;
            base.Reset();
        }
    }
}
