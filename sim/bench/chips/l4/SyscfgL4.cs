namespace SharpProbe.Sim.Chips.L4;

/// <summary>SYSCFG of the STM32L47x (RM0351 9.2): what is at address 0, the ports of the EXTI lines (of which nothing more is modelled), options of pins, SRAM2's protection as kept bits.</summary>
public sealed class SyscfgL4 : Syscfg
{
    private readonly Register _memrmp;

    public SyscfgL4() : base('H')
    {
        _memrmp = Add(new() { Name = "MEMRMP", Offset = 0x00, ReadMask = 0x10F, WriteMask = 0x10F, Widths = 7, Unmodelled = [new("FB_MODE", 1 << 8), new("QFS", 1 << 3)], OnWrite = (_, _) => Remapped?.Invoke(_memrmp!.Value & 7) });
        Add(new() { Name = "CFGR1", Offset = 0x04, Reset = 0x7C00_0001, ReadMask = 0xFC7F_0101, WriteMask = 0xFC7F_0101, Widths = 7 });
        Add(new() { Name = "SCSR", Offset = 0x18, ReadMask = 3, WriteMask = 1, Widths = 7, Unmodelled = [new("SRAM2ER", 1)] });
        Add(new() { Name = "CFGR2", Offset = 0x1C, ReadMask = 0x10F, WriteMask = 0xF, ClearByOne = 0x100, Widths = 7 });
        Add(new() { Name = "SWPR", Offset = 0x20, Widths = 7, Unmodelled = [new("write protection of SRAM2", uint.MaxValue)] });
        Add(new() { Name = "SKR", Offset = 0x24, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
    }

    /// <summary>MEM_MODE was written: 0 main flash, 1 system memory, 3 SRAM1.</summary>
    public event Action<uint>? Remapped;

    public void Boot(uint mode) => _memrmp.Value = mode;
}
