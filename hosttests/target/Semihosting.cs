using System;
using SharpProbe.Intrinsics;

namespace SharpProbe.SelfTest;

/// <summary>Arm semihosting, 32 bit (Arm IHI: "Semihosting for AArch32 and AArch64").</summary>
static unsafe class Semihosting
{
    internal static void Write(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            byte c = b;
            Cpu.Semihost(3, (uint)&c);                        // SYS_WRITEC
        }
    }

    internal static void Write(string text)
    {
        foreach (char c in text.AsSpan())
        {
            byte b = (byte)c;
            Cpu.Semihost(3, (uint)&b);
        }
    }

    internal static void WriteHex(uint value)
    {
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            byte c = "0123456789abcdef"u8[(int)(value >> shift & 15)];
            Cpu.Semihost(3, (uint)&c);
        }
    }

    /// <summary>SYS_GET_CMDLINE into a buffer; empty when the host gives none.</summary>
    internal static ReadOnlySpan<byte> CommandLine(Span<byte> buffer)
    {
        fixed (byte* start = &buffer[0])
        {
            uint* block = stackalloc uint[2];
            block[0] = (uint)start;
            block[1] = (uint)buffer.Length;
            if (Cpu.Semihost(0x15, (uint)block) != 0) return default;
            return new ReadOnlySpan<byte>(start, (int)block[1]);
        }
    }

    /// <summary>SYS_EXIT: ADP_Stopped_ApplicationExit, or a run-time error.</summary>
    internal static void Exit(bool good)
    {
        Cpu.Semihost(0x18, good ? 0x20026u : 0x20023u);
        while (true) { }
    }
}
