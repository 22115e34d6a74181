using System;
using SharpProbe.App;
using SharpProbe.Io;

namespace SharpProbe.Hal;

/// <summary>"last crash: ..." from what the last run left in RAM.</summary>
public static unsafe class CrashConsole
{
    /// <summary>Writes the line and forgets the crash; nothing when there was none.</summary>
    public static void Write(ref ByteWriter text, ResetCause cause)
    {
        var symbols = new SymbolTable(new ReadOnlySpan<byte>(LinkerSymbols.SymbolsStart, (int)(LinkerSymbols.SymbolsEnd - LinkerSymbols.SymbolsStart)));
        Crash crash;
        if (cause == ResetCause.PowerOn) return;
        if (Faults.LastCrash is not null and var record)
        {
            crash = new Crash
            {
                Kind = (CrashKind)record->Exception,
                Pc = record->Pc,
                Cfsr = record->Cfsr,
                Hfsr = record->Hfsr,
                Mmfar = record->Mmfar,
                Bfar = record->Bfar,
                Returns = new(record->Returns, (int)record->ReturnCount),
                Message = new(record->Message, (int)record->MessageLength),
            };
        }
        else if (cause == ResetCause.Watchdog)
        {
            crash = new Crash { Kind = CrashKind.Watchdog, Pc = Breadcrumb.Pc, Returns = new(Breadcrumb.Returns, (int)Breadcrumb.ReturnCount) };
        }
        else return;
        text.Write("last crash: "u8);
        CrashReport.Write(ref text, crash, symbols);
        text.Write("\r\n"u8);
        Faults.Forget();
    }
}
