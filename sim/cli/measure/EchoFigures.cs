using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>
/// A serial port that echoes. Goals: 20 MB/s each way at high speed, where both ways share 54 MB/s; at full speed 900 KB/s both ways together, where 19 packets of 64 bytes fit a frame of
/// 1 ms: 1216 KB/s.
/// </summary>
internal static class EchoFigures
{
    public static IEnumerable<Figure> Of(string board, bool profiled, int seed = 1)
    {
        foreach (bool stalls in (bool[])[false, true])
        {
            var echo = new CdcEcho(board, UsbSpeed.High, seed);
            bool high = echo.Host.Speed == UsbSpeed.High;
            using var profile = profiled && !stalls ? echo.Profile() : null;
            if (echo.Pass(high ? 2_000_000 : 200_000, stalls) is { } trouble) throw new IOException($"echo: {trouble}");
            if (profile is not null) ProfileReport.Write(profile, null);
            string what = stalls ? $"echo, {echo.Stalls} pauses of the host, {echo.Stalled / 1e12:F0} of {echo.Duration / 1e12:F0} ms in all" : "echo";
            string usb = echo.Host.Speed.ToString().ToLowerInvariant();
            yield return high
                ? new(board, usb, what + ", each way", echo.MegabytesPerSecond, "MB/s", stalls ? null : 20)
                : new(board, usb, what + ", both ways together", 2000 * echo.MegabytesPerSecond, "KB/s", stalls ? null : 900);
        }
    }
}
