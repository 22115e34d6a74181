using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// A 4 KB component on the private peripheral bus with its identification registers and, where the core has one, a software lock
/// (DDI0403 D1.2 and DDI0489 for the M7, which locks DWT, FPB and ITM after power-on).
/// </summary>
public class CoreSightBlock : Peripheral
{
    private const uint Key = 0xC5AC_CE55, Lar = 0xFB0, Lsr = 0xFB4;

    /// <param name="name">As the manual calls the block.</param>
    /// <param name="part">Part number, 12 bits, in PID0 and PID1.</param>
    /// <param name="componentClass">CID1: 0xE0 for a component, 0x10 for a ROM table.</param>
    /// <param name="lockable">The block has a software lock.</param>
    /// <param name="designer">JEP106: continuation code in bits 11:8, identity in bits 6:0. Arm's by default.</param>
    protected CoreSightBlock(string name, ushort part, uint componentClass, bool lockable, uint designer = 0x43B) : base(name)
    {
        HasLock = Locked = lockable;
        uint[] pid = [part & 0xFFu, designer << 4 & 0xF0 | (uint)part >> 8, 8 | designer >> 4 & 7, 0, designer >> 8, 0, 0, 0];
        uint[] cid = [0x0D, componentClass, 0x05, 0xB1];
        for (int i = 0; i < 8; i++) Add(Constant($"PID{i}", 0xFD0 + (uint)((i + 4) % 8) * 4, pid[i]));
        for (int i = 0; i < 4; i++) Add(Constant($"CID{i}", 0xFF0 + (uint)i * 4, cid[i]));
        if (componentClass != 0xE0) return;
        Add(new() { Name = "LAR", Offset = Lar, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Locked = HasLock && v != Key });
        Add(new() { Name = "LSR", Offset = Lsr, WriteMask = 0, OnRead = () => HasLock ? (Locked ? 3u : 1u) : 0u });
    }

    public bool HasLock { get; }

    /// <summary>Software writes are ignored until LAR gets the key.</summary>
    public bool Locked { get; private set; }

    /// <summary>Power-on reset of the debug logic.</summary>
    public override void Reset()
    {
        base.Reset();
        Locked = HasLock;
    }

    /// <summary>A write by software on the core.</summary>
    public virtual void WriteBySoftware(uint offset, uint value, int width)
    {
        if (!Locked || offset == Lar) Write(offset, value, width);
    }

    protected static Register Constant(string name, uint offset, uint value) => new() { Name = name, Offset = offset, Reset = value, WriteMask = 0 };
}
