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
        for (int i = 0; i < Slots; i++) Clear(ops + i);
        return ops;
    }

    private static void Clear(Op* op)
    {
        *op = default;
        op->Run = op->RunInIt = &Core.DecodeAndRun;
    }

    /// <summary>Bytes of the page changed. The slot before may be the first half of a 32-bit instruction. Operands stay: the store that does this may still use its own.</summary>
    public void Forget(uint offset, uint size)
    {
        uint first = offset / 2, last = Math.Min((offset + size - 1) / 2, Slots - 1);
        if (first > 0) first--;
        for (uint i = first; i <= last; i++)
        {
            Op* op = Ops + i;
            op->Run = op->RunInIt = &Core.DecodeAndRun;
            op->Size = op->Needs = 0;
            op->Reads = op->AddressReads = 0;
        }
    }

    public void Free()
    {
        if (Ops != null) NativeMemory.AlignedFree(Ops);
        Ops = null;
    }
}
