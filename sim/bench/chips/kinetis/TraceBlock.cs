using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>A debug component of which only the identification is modelled: the micro trace buffer and its comparators (KL25 Sub-Family Reference Manual 22).</summary>
public sealed class TraceBlock : CoreSightBlock
{
    public TraceBlock(string name, ushort part, uint designer, uint deviceType) : base(name, part, 0x90, lockable: false, designer) => Add(Constant("DEVTYPE", 0xFCC, deviceType));
}
