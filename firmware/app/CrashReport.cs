using System;
using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>A crash in words: "BusFault (precise access at 0x…) in Class.Method &lt; Caller (pc 0x…)".</summary>
public static class CrashReport
{
    public static void Write(ref ByteWriter text, Crash crash, SymbolTable symbols)
    {
        WriteKind(ref text, crash);
        WriteReasons(ref text, crash);
        Span<byte> inner = stackalloc byte[SymbolTable.Room];
        int length = -1;                                                                  // nothing is written yet
        if (crash.Pc != 0) WriteFrame(ref text, symbols, crash.Pc, inner, ref length);
        foreach (uint address in crash.Returns) WriteFrame(ref text, symbols, address - 1, inner, ref length);       // - 1: the call may be a function's last instruction
        if (crash.Pc == 0) return;
        text.Write(" (pc "u8);
        text.WriteAddress(crash.Pc);
        text.Write((byte)')');
    }

    private static void WriteKind(ref ByteWriter text, Crash crash)
    {
        switch (crash.Kind)
        {
            case CrashKind.FailFast: text.Write(crash.Message); break;
            case CrashKind.Nmi: text.Write("NMI"u8); break;
            case CrashKind.HardFault: text.Write("HardFault"u8); break;
            case CrashKind.MemManage: text.Write("MemManage"u8); break;
            case CrashKind.BusFault: text.Write("BusFault"u8); break;
            case CrashKind.UsageFault: text.Write("UsageFault"u8); break;
            case CrashKind.Watchdog: text.Write("watchdog: the main loop was stuck"u8); break;
            default:
                text.Write("unexpected interrupt "u8);
                text.WriteDecimal((uint)crash.Kind - 16);
                break;
        }
    }

    private static void WriteReasons(ref ByteWriter text, Crash crash)
    {
        for (int bit = 0; bit < 26; bit++)
        {
            if ((crash.Cfsr >> bit & 1) == 0 || FaultStatus.Describe(bit) is not { IsEmpty: false } meaning) continue;
            text.Write(" ("u8);
            text.Write(meaning);
            if (bit < 8 && (crash.Cfsr & FaultStatus.MmarValid) != 0) WriteAt(ref text, crash.Mmfar);
            else if (bit is >= 8 and < 16 && (crash.Cfsr & FaultStatus.BfarValid) != 0) WriteAt(ref text, crash.Bfar);
            text.Write((byte)')');
        }
    }

    private static void WriteAt(ref ByteWriter text, uint address)
    {
        text.Write(" at "u8);
        text.WriteAddress(address);
    }

    /// <summary>One caller. Those that say nothing to the reader are left out: the core library, a function's own recursion.</summary>
    /// <param name="inner">The name of the one before.</param>
    private static void WriteFrame(ref ByteWriter text, SymbolTable symbols, uint address, scoped Span<byte> inner, ref int length)
    {
        Span<byte> room = stackalloc byte[SymbolTable.Room];
        SymbolName name = symbols.Find(address, room);
        bool first = length < 0;
        if (name.IsCoreLibrary || !name.IsEmpty && !first && name.Text.SequenceEqual(inner[..length])) return;
        text.Write(first ? " in "u8 : " < "u8);
        if (name.IsEmpty) text.WriteAddress(address);
        else text.Write(name.Text);
        name.Text.CopyTo(inner);
        length = name.Text.Length;
    }
}
