using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using SharpProbe.Intrinsics;

namespace SharpProbe.SelfTest;

/// <summary>
/// The core library's conformance program: runs on the target itself (the bench and QEMU's Cortex-M7 alike), one line of semihosting output a check.
/// The command line may name a deliberate failure instead.
/// </summary>
static unsafe class Program
{
    [RuntimeExport("Reset_Handler")]
    static void Reset()
    {
        *(uint*)0xE000ED88 |= 0xF << 20;                     // CPACR: FPU on (DDI 0403E, B3.2.20)
        *(uint*)0xE000ED14 |= 1 << 4;                        // CCR.DIV_0_TRP (B3.2.8)
        Cpu.Dsb();
        Cpu.Isb();
        Image.Initialize();
        ReadOnlySpan<byte> failure = Semihosting.CommandLine(stackalloc byte[64]);
        if (DeliberateFailure.Run(failure)) return;

        Arithmetic.Run();
        Floats.Run();
        Objects.Run();
        Generics.Run();
        Delegates.Run();
        Statics.Run();
        Arrays.Run();
        Spans.Run();
        Strings.Run();
        Intrinsics.Run();
        Report.Finish();
    }

    /// <summary>Every vector but reset.</summary>
    [RuntimeExport("Fault_Handler")]
    static void Fault()
    {
        Semihosting.Write("fault CFSR=");
        Semihosting.WriteHex(*(uint*)0xE000ED28);
        Semihosting.Write("\n"u8);
        Semihosting.Exit(false);
    }

    [RuntimeExport("FailFast")]
    static void FailFast(string message)
    {
        Semihosting.Write("fail fast: ");
        Semihosting.Write(message);
        Semihosting.Write("\n"u8);
        Semihosting.Exit(false);
    }
}
