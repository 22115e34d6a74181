using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>The NVIC's registers in the system control space (DDI0403 B3.4, DDI0419 B3.4). Bits of interrupts that the part does not have read zero.</summary>
internal static class NvicRegisters
{
    /// <param name="nvic">What they show and change.</param>
    /// <param name="v6M">ARMv6-M has one word of interrupts, word access only, no active bits and no STIR.</param>
    public static IEnumerable<Register> Of(Nvic nvic, bool v6M)
    {
        uint words = v6M ? 1u : 8u;     // ISER0 to ISER7: the 240 interrupts an M3, M4 or M7 can have
        for (uint w = 0; w < words; w++)
        {
            int first = (int)w * 32;
            uint offset = w * 4;
            yield return Bank($"NVIC_ISER{w}", 0x100 + offset, nvic.EnabledWord, first, Each(nvic, first, n => nvic.Enable(n, true)));
            yield return Bank($"NVIC_ICER{w}", 0x180 + offset, nvic.EnabledWord, first, Each(nvic, first, n => nvic.Enable(n, false)));
            yield return Bank($"NVIC_ISPR{w}", 0x200 + offset, nvic.PendingWord, first, Each(nvic, first, nvic.Pend));
            yield return Bank($"NVIC_ICPR{w}", 0x280 + offset, nvic.PendingWord, first, Each(nvic, first, nvic.Unpend));
            if (!v6M) yield return Bank($"NVIC_IABR{w}", 0x300 + offset, nvic.ActiveWord, first, null);
        }
        for (int i = 0; i < words * 8; i++)
            yield return Priorities(nvic, $"NVIC_IPR{i}", 0x400 + (uint)i * 4, ExceptionNumber.Interrupt0 + i * 4, 4, v6M ? 4 : 7);
        if (v6M) yield break;
        yield return new() { Name = "ICTR", Offset = 0x004, OnRead = () => (uint)(nvic.InterruptLines - 1) / 32, WriteMask = 0 };
    }

    /// <summary>Four priority bytes from exception <paramref name="first"/> on; <paramref name="count"/> of them exist.</summary>
    public static Register Priorities(Nvic nvic, string name, uint offset, int first, int count, int widths, uint lanes = uint.MaxValue)
    {
        uint present = 0;
        for (int i = 0; i < count; i++)
            if (first + i - ExceptionNumber.Interrupt0 < nvic.InterruptLines) present |= (uint)nvic.PriorityMask << i * 8;
        present &= lanes;
        return new()
        {
            Name = name, Offset = offset, Widths = widths, WriteMask = present,
            OnWrite = (_, written) =>
            {
                for (int i = 0; i < 4; i++)
                    if ((present >> i * 8 & 0xFF) != 0) nvic.SetPriority(first + i, (byte)(written >> i * 8));
            },
        };
    }

    private static Register Bank(string name, uint offset, Func<int, uint> read, int first, Action<uint>? write) => new()
    {
        Name = name, Offset = offset, WriteMask = 0,
        OnRead = () => read(ExceptionNumber.Interrupt0 + first),
        OnWrite = write is null ? null : (_, written) => write(written),
    };

    private static Action<uint> Each(Nvic nvic, int first, Action<int> action) => written =>
    {
        for (int i = 0; i < 32; i++)
            if ((written >> i & 1) != 0 && first + i < nvic.InterruptLines) action(ExceptionNumber.Interrupt0 + first + i);
    };
}
