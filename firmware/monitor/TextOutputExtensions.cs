using System;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Monitoring;

/// <summary>Strings, numbers and reasons as text.</summary>
static class TextOutputExtensions
{
    public static void Write(this TextOutput output, string text)
    {
        Span<byte> buffer = stackalloc byte[96];
        var writer = new ByteWriter(buffer);
        foreach (char c in text.AsSpan()) writer.Write((byte)c);
        output.Write(writer.Written);
    }

    public static void WriteDecimal(this TextOutput output, uint value)
    {
        Span<byte> buffer = stackalloc byte[10];
        var writer = new ByteWriter(buffer);
        writer.WriteDecimal(value);
        output.Write(writer.Written);
    }

    /// <summary>Thousandths as a decimal fraction: 3300 is "3.30" with two places.</summary>
    public static void WriteThousandths(this TextOutput output, uint value, int places)
    {
        Span<byte> buffer = stackalloc byte[16];
        var writer = new ByteWriter(buffer);
        writer.WriteDecimal(value / 1000);
        writer.Write((byte)'.');
        uint rest = value % 1000;
        for (uint weight = 100; places-- > 0; weight /= 10)
        {
            writer.Write((byte)('0' + rest / weight));
            rest %= weight;
        }
        output.Write(writer.Written);
    }

    public static void WriteFault(this TextOutput output, in DebugFault fault)
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = new ByteWriter(buffer);
        fault.Describe(ref writer);
        output.Write(writer.Written);
    }
}
