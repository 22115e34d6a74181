using System;
using SharpProbe.Boards;
using SharpProbe.Hal;

namespace SharpProbe.HalTest;

/// <summary>Lines on the console; waits for room, unlike the product.</summary>
static class Report
{
    internal static void Check(bool good, ReadOnlySpan<byte> name)
    {
        Text(good ? "ok "u8 : "FAILED "u8);
        Line(name);
    }

    internal static void Line(ReadOnlySpan<byte> text)
    {
        Text(text);
        Text("\n"u8);
    }

    private static void Text(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty) text = text[Platform<Family, Board>.Console.Write(text)..];
    }
}
