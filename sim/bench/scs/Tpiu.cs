namespace SharpProbe.Sim.Scs;

/// <summary>
/// Trace port interface unit of the M3, M4 and the STM32F7 (DDI0403 C1.10, RM0431 "TPIU registers"). Its settings are kept; ITM writes reach the bench
/// through <see cref="Itm.Written"/> whatever they are. The STM32H7 has its trace port elsewhere (0x5C015000, debugger's bus).
/// </summary>
public sealed class Tpiu : CoreSightBlock
{
    /// <param name="part">0x923 beside an M3, 0x9A1 an M4, 0x9A9 an M7.</param>
    public Tpiu(ushort part) : base("TPIU", part, 0x90, lockable: false)
    {
        Add(Constant("TPIU_SSPSR", 0x000, 0x0000_000F));
        Add(new() { Name = "TPIU_CSPSR", Offset = 0x004, Reset = 1 });
        Add(new() { Name = "TPIU_ACPR", Offset = 0x010, WriteMask = 0x1FFF });
        Add(new() { Name = "TPIU_SPPR", Offset = 0x0F0, Reset = 1, WriteMask = 3 });
        Add(Constant("TPIU_FFSR", 0x300, 0x0000_0008));
        Add(new() { Name = "TPIU_FFCR", Offset = 0x304, Reset = 0x102, WriteMask = 0x142 });
        Add(Constant("TPIU_DEVID", 0xFC8, 0x0000_0CA1));
        Add(Constant("TPIU_DEVTYPE", 0xFCC, 0x0000_0011));
    }

    /// <summary>Asynchronous prescaler: the SWO bit takes ACPR + 1 trace clocks.</summary>
    public uint Prescaler => Registers.First(r => r.Offset == 0x010).Value;
}
