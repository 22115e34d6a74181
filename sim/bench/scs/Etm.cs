namespace SharpProbe.Sim.Scs;

/// <summary>Embedded trace macrocell: it is there for who reads the ROM table, switched off (ETMCR, IHI0014); it traces nothing.</summary>
public sealed class Etm : CoreSightBlock
{
    private const uint PoweredDown = 0x0000_0411;

    /// <param name="part">0x924 beside an M3, 0x925 an M4.</param>
    public Etm(ushort part) : base("ETM", part, 0x90, lockable: false)
    {
        Add(new() { Name = "ETMCR", Offset = 0x000, Reset = PoweredDown, WriteMask = 0, OnWrite = (_, v) => Refuse(v) });
        Add(Constant("DEVTYPE", 0xFCC, 0x13));
    }

    private static void Refuse(uint value)
    {
        if (value != PoweredDown) throw new BenchStop($"ETM: ETMCR = 0x{value:X8}: instruction trace is not modelled");
    }
}
