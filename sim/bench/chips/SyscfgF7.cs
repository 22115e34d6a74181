namespace SharpProbe.Sim.Chips;

/// <summary>SYSCFG of STM32F72x and F73x (RM0431 chapter 7). The I/O compensation cell is ready at once.</summary>
public sealed class SyscfgF7 : Syscfg
{
    private readonly Register _memrmp, _cmpcr;

    /// <param name="bootAdd1">MEM_BOOT: true when the BOOT pin chose BOOT_ADD1.</param>
    public SyscfgF7(Func<bool>? bootAdd1 = null) : base('I')
    {
        _memrmp = Add(new()
        {
            Name = "MEMRMP", Offset = 0x00, ReadMask = 0x0C01, WriteMask = 0x0C00, Widths = 7,
            Unmodelled = [new("SWP_FMC", 0x0C00)],
            OnRead = () => _memrmp!.Value & 0x0C00 | (bootAdd1?.Invoke() == true ? 1u : 0),
        });
        // Fast-mode plus drive of the I2C pins and the ADC option change no level that the bench shows.
        Add(new() { Name = "PMC", Offset = 0x04, ReadMask = 0x0007_00F7, WriteMask = 0x0007_00F7, Widths = 7 });
        _cmpcr = Add(new()
        {
            Name = "CMPCR", Offset = 0x20, ReadMask = 0x101, WriteMask = 1, Widths = 7,
            OnRead = () => _cmpcr!.Value & 1 | (_cmpcr[0] ? 0x100u : 0),
        });
    }
}
