using System.Runtime;
using SharpProbe.Intrinsics;
using static SharpProbe.Hal.CortexM7;

namespace SharpProbe.Hal;

/// <summary>Fault handlers: fill the crash record, reset.</summary>
public static unsafe class Faults
{
    private const uint FrameWords = 8, FloatFrameWords = 26;     // DDI 0403E, B1.5.7

    private static CrashRecord* Record => (CrashRecord*)LinkerSymbols.NoInit;

    /// <summary>The last crash, or null.</summary>
    public static CrashRecord* LastCrash => Record->IsValid ? Record : null;

    public static void Forget() => Record->Erase();

    [RuntimeExport("HardFault_Handler")]
    private static void HardFault() => Capture(3);

    [RuntimeExport("MemManage_Handler")]
    private static void MemManage() => Capture(4);

    [RuntimeExport("BusFault_Handler")]
    private static void BusFault() => Capture(5);

    [RuntimeExport("UsageFault_Handler")]
    private static void UsageFault() => Capture(6);

    [RuntimeExport("NMI_Handler")]
    private static void Nmi() => Capture(2);

    /// <summary>An interrupt that nobody claimed.</summary>
    [RuntimeExport("Default_Handler")]
    private static void Unexpected() => Capture(SCB->ICSR & 0x1FF);

    /// <summary>Where failed checks end (zerolib's Environment.FailFast).</summary>
    [RuntimeExport("FailFast")]
    private static void FailFast(string message)
    {
        CrashRecord* record = Record;
        *record = default;
        record->SetMessage(message);
        bool inHandler = (SCB->ICSR & 0x1FF) != 0;
        record->ReturnCount = CallStack.Collect(inHandler ? Cpu.GetMsp() : Cpu.GetPsp(), record->Returns, CrashRecord.MaxReturns);
        Finish(record);
    }

    private static void Capture(uint exception)
    {
        CrashRecord* record = Record;
        *record = default;
        record->Exception = exception;
        record->Cfsr = SCB->CFSR;
        record->Hfsr = SCB->HFSR;
        record->Mmfar = SCB->MMFAR;
        record->Bfar = SCB->BFAR;
        uint* excReturn = FindExcReturn();
        uint* stacked = excReturn is null || (*excReturn & 4) != 0 ? (uint*)Cpu.GetPsp() : excReturn + 1;
        bool stackingFailed = (record->Cfsr & (1u << 4 | 1u << 12)) != 0;      // MSTKERR, STKERR: the frame was not written
        uint words = 0, count = 0;
        if (!stackingFailed)
        {
            record->Pc = stacked[6];
            if (CallStack.IsReturnAddress(stacked[5])) record->Returns[count++] = stacked[5] & ~1u;   // lr: the caller of a leaf
            words = (excReturn is not null && (*excReturn & 0x10) == 0 ? FloatFrameWords : FrameWords) + (stacked[7] >> 9 & 1);
        }
        record->ReturnCount = count + CallStack.Collect((uint)(stacked + words), record->Returns + count, CrashRecord.MaxReturns - count);
        Finish(record);
    }

    /// <summary>The handler's own prologue pushed it last, right below the exception frame when that is on the main stack. Null: no such word. The six values: DDI 0403E, B1.5.8.</summary>
    private static uint* FindExcReturn()
    {
        for (uint* word = (uint*)Cpu.GetMsp(); word < (uint*)LinkerSymbols.MainStackEnd; word++)
            if (*word is 0xFFFF_FFE1 or 0xFFFF_FFE9 or 0xFFFF_FFED or 0xFFFF_FFF1 or 0xFFFF_FFF9 or 0xFFFF_FFFD) return word;
        return null;
    }

    private static void Finish(CrashRecord* record)
    {
        record->Close();
        Nvic.SystemReset();
    }
}
