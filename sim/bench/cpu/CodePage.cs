using System.Runtime.InteropServices;

namespace SharpProbe.Sim.Cpu;

/// <summary>The decoded instructions of one 4 KB page, each slot filled when it is first executed.</summary>
internal sealed unsafe class CodePage(uint page)
{
    public const int Slots = 1 << Cpu.Page.Bits - 1;

    public uint Page { get; } = page;
    public Op* Ops { get; private set; } = Allocate();

    private static Op* Allocate()
    {
        var ops = (Op*)NativeMemory.AlignedAlloc((nuint)(Slots * sizeof(Op)), 64);
        NativeMemory.Clear(ops, (nuint)(Slots * sizeof(Op)));
        return ops;
    }

    /// <summary>Bytes of the page changed. The slot before may be the first half of a 32-bit instruction. The rest stays: the store that does this may still use its own operands.</summary>
    public void Forget(uint offset, uint size)
    {
        uint first = offset / 2, last = Math.Min((offset + size - 1) / 2, Slots - 1);
        if (first > 0) first--;
        for (uint i = first; i <= last; i++) Ops[i].Size = 0;
    }

    public void Free()
    {
        if (Ops != null) NativeMemory.AlignedFree(Ops);
        Ops = null;
    }
}
