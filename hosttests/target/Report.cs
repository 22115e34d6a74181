using System;
using System.Runtime.CompilerServices;

namespace SharpProbe.SelfTest;

/// <summary>One line a check, a total at the end.</summary>
static class Report
{
    static uint s_passed, s_failed;

    internal static void Check(bool good, ReadOnlySpan<byte> name)
    {
        if (good) s_passed++;
        else s_failed++;
        Semihosting.Write(good ? "ok "u8 : "FAILED "u8);
        Semihosting.Write(name);
        Semihosting.Write("\n"u8);
    }

    internal static void Finish()
    {
        Semihosting.Write("passed 0x");
        Semihosting.WriteHex(s_passed);
        Semihosting.Write(" failed 0x");
        Semihosting.WriteHex(s_failed);
        Semihosting.Write("\n"u8);
        Semihosting.Exit(s_failed == 0);
    }

    /// <summary>A value that the compiler cannot see through.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static T Opaque<T>(T value) => value;
}
