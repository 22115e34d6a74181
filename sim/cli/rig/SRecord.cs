using System.Text;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A file of Motorola S-records, which gdb loads like an ELF file.</summary>
internal static class SRecord
{
    private const int BytesPerLine = 32;

    public static void Write(string file, uint address, ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        Line(text, '0', 0, 2, []);
        for (int at = 0; at < data.Length; at += BytesPerLine) Line(text, '3', address + (uint)at, 4, data[at..Math.Min(at + BytesPerLine, data.Length)]);
        Line(text, '7', address, 4, []);
        File.WriteAllText(file, text.ToString());
    }

    private static void Line(StringBuilder text, char type, uint address, int addressBytes, ReadOnlySpan<byte> data)
    {
        int sum = 0;
        text.Append('S').Append(type);
        Put(addressBytes + data.Length + 1);
        for (int i = addressBytes - 1; i >= 0; i--) Put((int)(address >> 8 * i & 0xFF));
        foreach (byte b in data) Put(b);
        Put(~sum & 0xFF);
        text.Append('\n');

        void Put(int value)
        {
            sum += value;
            text.Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
