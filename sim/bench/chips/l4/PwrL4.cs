namespace SharpProbe.Sim.Chips.L4;

/// <summary>Power control of the STM32L47x (RM0351 5.4): the voltage range, changed at once. Low-power run and modes and the voltage detectors are not modelled.</summary>
public sealed class PwrL4 : Peripheral
{
    private readonly Register _cr1;

    public PwrL4() : base("PWR")
    {
        _cr1 = Add(new() { Name = "CR1", Offset = 0x00, Reset = 0x200, ReadMask = 0x4707, WriteMask = 0x4707, Widths = 7, Unmodelled = [new("LPR", 1 << 14)], OnWrite = (_, _) => Changed?.Invoke() });
        Add(new() { Name = "CR2", Offset = 0x04, ReadMask = 0x6FF, WriteMask = 0x6FF, Widths = 7, Unmodelled = [new("PVDE", 1)] });
        Add(new() { Name = "CR3", Offset = 0x08, Reset = 0x8000, ReadMask = 0x851F, WriteMask = 0x851F, Widths = 7 });
        Add(new() { Name = "CR4", Offset = 0x0C, ReadMask = 0x31F, WriteMask = 0x31F, Widths = 7 });
        Add(new() { Name = "SR1", Offset = 0x10, ReadMask = 0x811F, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        // REGLPS: the low-power regulator is ready.
        Add(new() { Name = "SR2", Offset = 0x14, ReadMask = 0xFF00, WriteMask = 0, Widths = 7, OnRead = () => 0x100, OnWrite = (_, _) => { } });
        Add(new() { Name = "SCR", Offset = 0x18, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        for (int port = 0; port < 8; port++)
            foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("PUCR", 0x20), ("PDCR", 0x24)])
            {
                uint mask = port < 7 ? 0xFFFFu : 3;
                Add(new() { Name = name + (char)('A' + port), Offset = offset + (uint)port * 8, ReadMask = mask, WriteMask = mask, Widths = 7 });
            }
    }

    /// <summary>VOS changed.</summary>
    public event Action? Changed;

    /// <summary>CR1.VOS: 1 or 2.</summary>
    public uint Range => _cr1.Field(9, 2);
}
