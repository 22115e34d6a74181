namespace SharpProbe.Sim.Chips.Rp2350;

/// <summary>PADS_QSPI: after a reset the pads are isolated, bit 8, until software takes that away (RP2350 datasheet 9.7).</summary>
public sealed class PadsQspi2350 : Peripheral
{
    private const uint Isolated = 1 << 8;

    public PadsQspi2350() : base("PADS_QSPI")
    {
        Add(new() { Name = "VOLTAGE_SELECT", Offset = 0, ReadMask = 1, WriteMask = 1 });
        foreach (var (name, offset, reset) in (ReadOnlySpan<(string, uint, uint)>)[("SCLK", 4, 0x156), ("SD0", 8, 0x156), ("SD1", 12, 0x156), ("SD2", 16, 0x15A), ("SD3", 20, 0x15A), ("SS", 24, 0x15A)])
            Add(new() { Name = "GPIO_QSPI_" + name, Offset = offset, Reset = reset, ReadMask = 0x1FF, WriteMask = 0x1FF, OnWrite = (_, _) => Changed?.Invoke() });
    }

    public bool IsConnected => Registers.All(r => (r.Value & Isolated) == 0);

    public event Action? Changed;

    public override void Reset()
    {
        base.Reset();
        Changed?.Invoke();
    }
}
