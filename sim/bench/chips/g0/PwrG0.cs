namespace SharpProbe.Sim.Chips.G0;

/// <summary>Power control of the STM32G071 (RM0444 4.4): the voltage range, changed at once. Low-power run and modes and the voltage detector are not modelled.</summary>
public sealed class PwrG0 : Peripheral
{
    private readonly Register _cr1;

    public PwrG0() : base("PWR")
    {
        _cr1 = Add(new() { Name = "CR1", Offset = 0x00, Reset = 0x200, ReadMask = 0x473F, WriteMask = 0x473F, Widths = 7, Unmodelled = [new("LPR", 1 << 14)], OnWrite = (_, _) => Changed?.Invoke() });
        Add(new() { Name = "CR2", Offset = 0x04, ReadMask = 0x7F, WriteMask = 0x7F, Widths = 7, Unmodelled = [new("PVDE", 1)] });
        Add(new() { Name = "CR3", Offset = 0x08, Reset = 0x8000, ReadMask = 0x873B, WriteMask = 0x873B, Widths = 7 });
        Add(new() { Name = "CR4", Offset = 0x0C, ReadMask = 0x33B, WriteMask = 0x33B, Widths = 7 });
        Add(new() { Name = "SR1", Offset = 0x10, ReadMask = 0x813B, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        // REGLPS and FLASH_RDY.
        Add(new() { Name = "SR2", Offset = 0x14, ReadMask = 0xF80, WriteMask = 0, Widths = 7, OnRead = () => 0x180, OnWrite = (_, _) => { } });
        Add(new() { Name = "SCR", Offset = 0x18, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        foreach (var (port, mask) in (ReadOnlySpan<(char, uint)>)[('A', 0xFFFF), ('B', 0xFFFF), ('C', 0xFFFF), ('D', 0x37F), ('F', 7)])
            foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("PUCR", 0x20), ("PDCR", 0x24)])
                Add(new() { Name = name + port, Offset = offset + (uint)(port - 'A') * 8, ReadMask = mask, WriteMask = mask, Widths = 7 });
    }

    /// <summary>VOS changed.</summary>
    public event Action? Changed;

    /// <summary>CR1.VOS: 1 or 2.</summary>
    public uint Range => _cr1.Field(9, 2);
}
