namespace SharpProbe.Sim.Chips.F4;

/// <summary>SYSCFG of the STM32F40x (RM0090 9.2): what is at address 0, and the ports of the EXTI lines, of which nothing more is modelled.</summary>
public sealed class SyscfgF4 : Syscfg
{
    private readonly Register _memrmp, _cmpcr;

    public SyscfgF4() : base('I')
    {
        _memrmp = Add(new() { Name = "MEMRM", Offset = 0x00, ReadMask = 3, WriteMask = 3, Widths = 7, OnWrite = (_, _) => Remapped?.Invoke(_memrmp!.Value) });
        Add(new() { Name = "PMC", Offset = 0x04, ReadMask = 1 << 23, WriteMask = 1 << 23, Widths = 7 });
        _cmpcr = Add(new() { Name = "CMPCR", Offset = 0x20, ReadMask = 0x101, WriteMask = 1, Widths = 7, OnRead = () => _cmpcr!.Value & 1 | (_cmpcr[0] ? 0x100u : 0) });
    }

    /// <summary>MEM_MODE was written: 0 main flash, 1 system memory, 2 external, 3 SRAM.</summary>
    public event Action<uint>? Remapped;

    /// <summary>MEM_MODE as the boot pins have it (RM0090 9.2.1).</summary>
    public void Boot(uint mode) => _memrmp.Value = mode;
}
