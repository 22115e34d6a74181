using System.Globalization;

namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>A program as rows of address, one or two half-words and, for people, the instruction.</summary>
internal static class RomListing
{
    public static void WriteTo(Span<byte> rom, string listing)
    {
        foreach (string row in listing.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (row.StartsWith('@')) continue;
            int words = row.IndexOf(' ') + 1, at = Hex(row[..(words - 1)]);
            for (int i = words; i < Math.Min(words + 9, row.Length) && row[i] != ' '; i += 5, at += 2) BitConverter.TryWriteBytes(rom[at..], (ushort)Hex(row[i..(i + 4)]));
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber);
}
