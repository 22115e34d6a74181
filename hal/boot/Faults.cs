using System.Runtime;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>
/// Fault handlers: fill the crash record, reset. A handler's own frame leads to the interrupted code: its prologue has pushed that code's r11
/// and EXC_RETURN, and above them lies the exception frame when the main stack was in use (DDI 0403E, B1.5.6 and B1.5.8).
/// </summary>
public static unsafe class Faults
{
    private static CrashRecord* Record => (CrashRecord*)LinkerSymbols.NoInit;

    /// <summary>The last crash, or null.</summary>
    public static CrashRecord* LastCrash => Record->IsValid ? Record : null;

    public static void Forget() => Record->Erase();

    [RuntimeExport("HardFault_Handler")]
    private static void HardFault() => Capture(3, Cpu.GetFramePointer());

    [RuntimeExport("MemManage_Handler")]
    private static void MemManage() => Capture(4, Cpu.GetFramePointer());

    [RuntimeExport("BusFault_Handler")]
    private static void BusFault() => Capture(5, Cpu.GetFramePointer());

    [RuntimeExport("UsageFault_Handler")]
    private static void UsageFault() => Capture(6, Cpu.GetFramePointer());

    [RuntimeExport("NMI_Handler")]
    private static void Nmi() => Capture(2, Cpu.GetFramePointer());

    /// <summary>An interrupt that nobody claimed.</summary>
    [RuntimeExport("Default_Handler")]
    private static void Unexpected() => Capture(SCB->ICSR & 0x1FF, Cpu.GetFramePointer());

    /// <summary>Where failed checks end (zerolib's Environment.FailFast).</summary>
    [RuntimeExport("FailFast")]
    private static void FailFast(string message)
    {
        CrashRecord* record = Record;
        record->Exception = 0;
        record->Pc = 0;
        record->SetMessage(message);
        record->ReturnCount = StackWalk.Collect(Cpu.GetFramePointer(), record->Returns, CrashRecord.MaxReturns);
        Finish(record);
    }

    private static void Capture(uint exception, uint handlerFrame)
    {
        uint interruptedFrame = ((uint*)handlerFrame)[0], excReturn = ((uint*)handlerFrame)[1];
        uint* stacked = (uint*)((excReturn & 4) != 0 ? Cpu.GetPsp() : handlerFrame + 8);
        CrashRecord* record = Record;
        record->Exception = exception;
        record->Cfsr = SCB->CFSR;
        record->Hfsr = SCB->HFSR;
        record->Mmfar = SCB->MMFAR;
        record->Bfar = SCB->BFAR;
        bool stackingFailed = (record->Cfsr & (1u << 4 | 1u << 12)) != 0;   // MSTKERR, STKERR: the frame was not written
        record->Pc = stackingFailed ? 0 : stacked[6];
        record->MessageLength = 0;
        record->ReturnCount = StackWalk.Collect(interruptedFrame, record->Returns, CrashRecord.MaxReturns);
        Finish(record);
    }

    private static void Finish(CrashRecord* record)
    {
        record->Close();
        Nvic.SystemReset();
    }
}
