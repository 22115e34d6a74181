using System.Globalization;

namespace SharpProbe.Sim.Cli;

/// <summary>Simulated durations as people write them: "500ms", "2s", "10us"; in femtoseconds inside.</summary>
internal static class SimTime
{
    private static readonly (string Unit, ulong Femtoseconds)[] Units =
        [("ns", 1_000_000), ("us", 1_000_000_000), ("ms", 1_000_000_000_000), ("s", TimeBase.Second), ("min", 60 * TimeBase.Second)];

    public static bool TryParse(string text, out ulong femtoseconds)
    {
        femtoseconds = 0;
        foreach (var (unit, size) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)) continue;
            if (value * size > ulong.MaxValue) return false;
            femtoseconds = (ulong)(value * size);
            return true;
        }
        return false;
    }

    public static string Show(ulong femtoseconds) => femtoseconds switch
    {
        >= TimeBase.Second => $"{femtoseconds / 1e15:F6} s",
        >= 1_000_000_000_000 => $"{femtoseconds / 1e12:F3} ms",
        _ => $"{femtoseconds / 1e9:F3} us",
    };
}
