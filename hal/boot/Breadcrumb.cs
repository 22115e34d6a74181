using System.Runtime;
using SharpProbe.Intrinsics;

namespace SharpProbe.Hal;

/// <summary>
/// Where the program was at the last tick, in memory that a reset does not clear: after a watchdog reset it says where the main loop was stuck.
/// The tick keeps two words; the call stack itself is still in RAM and is read at the next start, before anything overwrites it.
/// </summary>
public static unsafe class Breadcrumb
{
    private struct Trail
    {
        public uint Pc, Sp, LastPc, ReturnCount;
        public fixed uint Returns[CrashRecord.MaxReturns];
    }

    private static Trail* Kept => (Trail*)((byte*)LinkerSymbols.NoInit + 128);

    /// <summary>Where the last run was at its last tick; 0: it had none.</summary>
    public static uint Pc => Kept->LastPc;
    public static uint ReturnCount => Kept->ReturnCount;
    public static uint* Returns => Kept->Returns;

    /// <summary>SysTick: the least urgent interrupt, so what it interrupted is the program on the process stack.</summary>
    [RuntimeExport("SysTick_Handler")]
    private static void SysTick()
    {
        uint* stacked = (uint*)Cpu.GetPsp();
        Kept->Pc = stacked[6];
        Kept->Sp = (uint)stacked + 32;
        Tick.Advance();
    }

    /// <summary>At start-up, while the old stack is intact.</summary>
    internal static void Collect()
    {
        Kept->ReturnCount = CallStack.Collect(Kept->Sp, Kept->Returns, CrashRecord.MaxReturns);
        Kept->LastPc = Kept->Pc;
        Kept->Pc = Kept->Sp = 0;
    }
}
