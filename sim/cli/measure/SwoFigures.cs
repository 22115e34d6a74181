using SharpProbe.Sim.Cli.Rig;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>The highest rate of SWO, bytes without pause, at which none is lost; from the highest that the receiver can on, downwards.</summary>
internal static class SwoFigures
{
    private const double Mega = 1e6;

    /// <summary>Enough to go round the probe's ring several times.</summary>
    private const long Bytes = 128 * 1024;

    private static readonly uint[] Rates =
        [36_000_000, 27_000_000, 24_000_000, 21_600_000, 18_000_000, 13_500_000, 12_000_000, 10_800_000, 9_000_000, 6_750_000, 6_000_000, 5_400_000, 4_500_000, 3_375_000, 2_700_000, 2_250_000, 1_000_000];

    private static readonly uint[] ManchesterRates = [10_800_000, 9_000_000, 8_000_000, 7_200_000, 6_000_000, 5_400_000, 4_500_000, 4_000_000, 3_375_000, 2_700_000, 2_250_000, 1_800_000, 1_500_000, 1_000_000, 500_000];

    public static IEnumerable<Figure> Of(string board) => [.. Of(board, manchester: false), .. Of(board, manchester: true)];

    private static IEnumerable<Figure> Of(string board, bool manchester)
    {
        foreach (var way in Enum.GetValues<SwoWay>())
        {
            uint best = 0;
            string usb = "";
            foreach (uint rate in manchester ? ManchesterRates : Rates)
            {
                var rig = new SwoRig(board, way, manchester: manchester);
                usb = rig.Host.Speed.ToString().ToLowerInvariant();
                if (rig.Pass(manchester ? Bytes / 2 : Bytes, rate) is not null) continue;
                best = rig.Baud;
                break;
            }
            string what = way switch { SwoWay.Commands => "DAP_SWO_Data", SwoWay.Stream => "streaming endpoint", _ => "text on the UART port" };
            yield return new(board, usb, $"SWO{(manchester ? " in Manchester" : "")}, {what}", best / Mega, "Mbaud", 2.25);
        }
    }
}
