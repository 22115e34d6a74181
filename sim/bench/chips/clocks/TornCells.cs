namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>What an operation that ended early leaves in the cells. Nobody publishes it; bits that have had their time in random order, and lines of all kinds after an erase, are what is to be expected.</summary>
public static class TornCells
{
    /// <summary>Cells that are erased in one piece, in bytes: what an interrupted erase leaves differs from one to the next.</summary>
    public const int Line = 32;

    /// <summary>Programming: each bit that was to be cleared is, with this probability. Returns how many still miss.</summary>
    public static int Program(Span<byte> cells, ReadOnlySpan<byte> wanted, double progress, Random random)
    {
        int missing = 0;
        for (int i = 0; i < cells.Length; i++)
            for (int bit = 1; bit < 256; bit <<= 1)
            {
                if ((cells[i] & bit) == 0 || (wanted[i] & bit) != 0) continue;
                if (random.NextDouble() < progress) cells[i] &= (byte)~bit;
                else missing++;
            }
        return missing;
    }

    /// <summary>An erase, line by line: as it was, anything, or erased.</summary>
    public static TornLine Erase(Span<byte> line, double progress, Random random)
    {
        double kind = random.NextDouble();
        if (progress == 0 || kind < (1 - progress) / 2) return TornLine.Old;
        if (kind < 0.5)
        {
            line.Fill(0xFF);
            return TornLine.Erased;
        }
        random.NextBytes(line);
        return TornLine.Random;
    }
}
