namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>XIP_CTRL: the cache's registers (RP2040 datasheet 2.6.3). The cache itself is not modelled: what is read is always what the flash holds.</summary>
public sealed class XipCtrl : Peripheral
{
    public XipCtrl() : base("XIP_CTRL")
    {
        Add(new() { Name = "CTRL", Offset = 0, Reset = 3, ReadMask = 0xB, WriteMask = 0xB, Unmodelled = [new("POWER_DOWN", 8)] });
        Add(new() { Name = "FLUSH", Offset = 4, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => { if ((v & 1) != 0) Flushes++; } });
        Add(new() { Name = "STAT", Offset = 8, WriteMask = 0, OnRead = () => 2, OnWrite = (_, _) => { } });
        Add(new() { Name = "CTR_HIT", Offset = 12, OnWrite = (_, _) => { } });
        Add(new() { Name = "CTR_ACC", Offset = 16, OnWrite = (_, _) => { } });
        Add(new() { Name = "STREAM_ADDR", Offset = 20, Unmodelled = [new("streaming", uint.MaxValue)] });
        Add(new() { Name = "STREAM_CTR", Offset = 24, Unmodelled = [new("streaming", uint.MaxValue)] });
    }

    /// <summary>Asked for so far.</summary>
    public int Flushes { get; private set; }
}
