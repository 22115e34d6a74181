using SharpProbe.Adi;

namespace SharpProbe.Target.Cortex;

/// <summary>
/// Caches of a Cortex-M7 and its successors, from a debugger's side: the access port reaches memory beside them (DDI 0489F, "AHB debug interface"), so lines are written back
/// before memory is read and thrown away before it is written, and instructions are fetched anew after every stop.
/// </summary>
sealed class CoreCaches(CoreControl control)
{
    private const uint CCR_DC = 1 << 16, CTR_FORMAT_V7 = 4;

    private bool _present;
    private uint _line;                                     // bytes

    public DebugFault Take(bool possible)
    {
        _present = false;
        if (!possible) return DebugFault.None;
        DebugFault fault = control.Bus.Read32(Scs.CTR, out uint ctr);
        if (fault.Failed) return fault;
        _present = ctr >> 29 == CTR_FORMAT_V7;
        _line = 4u << (int)(ctr >> 16 & 15);                // DminLine: log2 of words
        return fault;
    }

    /// <summary>Before a read of memory.</summary>
    public DebugFault Clean(uint address, int length) => Maintain(Scs.DCCMVAC, address, length);

    /// <summary>Before a write of memory: also the program's own changes in the same lines reach memory.</summary>
    public DebugFault CleanAndInvalidate(uint address, int length) => Maintain(Scs.DCCIMVAC, address, length);

    /// <summary>Before the core runs.</summary>
    public DebugFault InvalidateInstructions() => _present ? control.Bus.Write32(Scs.ICIALLU, 0) : DebugFault.None;

    private DebugFault Maintain(uint operation, uint address, int length)
    {
        if (!_present || length == 0 || !IsCacheable(address)) return DebugFault.None;
        DebugFault fault = control.Bus.Read32(Scs.CCR, out uint ccr);
        if (fault.Failed || (ccr & CCR_DC) == 0) return fault;
        uint line = address & ~(_line - 1);
        uint last = address + (uint)length - 1 & ~(_line - 1);
        while (true)
        {
            fault = control.Bus.Write32(operation, line);
            if (fault.Failed || line == last) return fault;
            line += _line;
        }
    }

    /// <summary>Code, SRAM and external RAM; not the peripherals' and system's spaces (DDI 0403E, B3.1).</summary>
    private static bool IsCacheable(uint address) => address >> 29 is 0 or 1 or 3 or 4;
}
