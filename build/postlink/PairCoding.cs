using System.Text;

namespace SharpProbe.Build.PostLink;

/// <summary>
/// Text as bytes, of which the first stand for a letter each and the rest for two bytes each: again and again the pair that comes most often becomes a byte of its own. A reader needs no more than
/// the table and a few bytes of stack.
/// </summary>
sealed class PairCoding
{
    /// <summary>How deep pairs may lie in pairs. Readers stop there.</summary>
    public const int Depth = 8;

    private const int Codes = 256, Worthwhile = 3;

    private readonly List<(byte First, byte Second)> _pairs = [];

    public PairCoding(string text)
    {
        Letters = Encoding.ASCII.GetBytes([.. text.Distinct().Order()]);
        List<byte> codes = [.. Encoding.ASCII.GetBytes(text).Select(letter => (byte)Array.IndexOf(Letters, letter))];
        List<int> depths = [.. Letters.Select(_ => 0)];
        while (depths.Count < Codes)
        {
            (byte first, byte second, int times) = MostFrequent(codes, depths);
            if (times < Worthwhile) break;
            codes = Replaced(codes, first, second, (byte)depths.Count);
            depths.Add(Math.Max(depths[first], depths[second]) + 1);
            _pairs.Add((first, second));
        }
        Text = codes;
    }

    /// <summary>What the first codes stand for.</summary>
    public byte[] Letters { get; }

    /// <summary>What the codes behind those stand for.</summary>
    public IReadOnlyList<(byte First, byte Second)> Pairs => _pairs;

    public IReadOnlyList<byte> Text { get; }

    private static (byte First, byte Second, int Times) MostFrequent(List<byte> codes, List<int> depths)
    {
        int[] times = new int[Codes * Codes];
        for (int i = 1; i < codes.Count; i++) times[codes[i - 1] * Codes + codes[i]]++;
        int best = -1;
        for (int pair = 0; pair < times.Length; pair++)
            if (times[pair] != 0 && depths[pair / Codes] < Depth && depths[pair % Codes] < Depth && (best < 0 || times[pair] > times[best])) best = pair;
        return best < 0 ? default : ((byte)(best / Codes), (byte)(best % Codes), times[best]);
    }

    private static List<byte> Replaced(List<byte> codes, byte first, byte second, byte by)
    {
        List<byte> shorter = [];
        for (int i = 0; i < codes.Count; i++)
        {
            bool pair = i + 1 < codes.Count && codes[i] == first && codes[i + 1] == second;
            shorter.Add(pair ? by : codes[i]);
            if (pair) i++;
        }
        return shorter;
    }
}
