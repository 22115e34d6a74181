using System;
using SharpProbe.Boards;
using SharpProbe.Hal;
using static SharpProbe.HalTest.Report;

namespace SharpProbe.HalTest;

static class ConsoleTests
{
    internal static void Run()
    {
        Uart console = Platform<Family, Board>.Console;
        Span<byte> many = new byte[2000];
        many.Fill((byte)'.');
        int taken = console.Write(many);
        Check(taken > 0 && taken < many.Length, "a full ring takes what fits and says how much"u8);
        Check(!console.TryRead(out _), "nothing was typed"u8);
        Line("type"u8);
        Span<byte> typed = new byte[3000];
        for (int i = 0; i < typed.Length;)
            if (console.TryRead(out byte value)) typed[i++] = value;
        bool same = true;
        for (int i = 0; i < typed.Length; i++) same &= typed[i] == (byte)(i * 7);
        Check(same, "3000 typed bytes arrive in order"u8);
    }
}
