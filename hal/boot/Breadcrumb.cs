using System.Runtime;
using SharpProbe.Intrinsics;

namespace SharpProbe.Hal;

/// <summary>
/// Where the program was at the last tick, in memory that a reset does not clear: after a watchdog reset it says where the main loop was stuck.
/// The tick keeps two words; the call stack itself is still in RAM and is walked at the next start, before anything overwrites it.
/// </summary>
public static unsafe class Breadcrumb
{
    private struct Trail
    {
        public uint Pc, Frame, ReturnCount;
        public fixed uint Returns[CrashRecord.MaxReturns];
    }

    private static Trail* Kept => (Trail*)((byte*)LinkerSymbols.NoInit + 128);

    public static uint Pc => Kept->Pc;
    public static uint ReturnCount => Kept->ReturnCount;
    public static uint* Returns => Kept->Returns;

    /// <summary>SysTick: notes the interrupted pc and frame pointer, then advances the clock. Only code on the process stack counts.</summary>
    [RuntimeExport("SysTick_Handler")]
    private static void SysTick()
    {
        uint* frame = (uint*)Cpu.GetFramePointer();
        if ((frame[1] & 4) != 0)
        {
            Kept->Pc = ((uint*)Cpu.GetPsp())[6];
            Kept->Frame = frame[0];
        }
        Tick.Advance();
    }

    /// <summary>At start-up, while the old stack is intact.</summary>
    internal static void Collect() => Kept->ReturnCount = StackWalk.Collect(Kept->Frame, Kept->Returns, CrashRecord.MaxReturns);
}
