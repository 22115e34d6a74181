using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>gdb's load into flash, as a share of what the flash itself allows: page erases and half-word programs back to back.</summary>
internal static class FlashFigure
{
    private const int Size = 32 * 1024, Page = 1024;

    public static Figure Of(string board, TargetVariant variant)
    {
        using var session = new GdbSession(board, variant.Name);
        byte[] data = new byte[Size];
        new Random(2).NextBytes(data);
        string image = session.File("flash.srec");
        SRecord.Write(image, 0x0800_0000, data);
        session.Say($"exec-file {image}");
        session.Log.Clear();
        string loaded = session.Say("load"), compared = session.Say("compare-sections");
        if (!compared.Contains("matched", StringComparison.Ordinal) || compared.Contains("MIS-MATCHED", StringComparison.Ordinal)) throw new IOException($"what is in flash is not what was loaded: {loaded}\n{compared}");
        var times = variant.Times;
        double limit = Size / 1e3 / ((Size / 2 * times.HalfWord + Size / Page * times.PageErase) / 1e15);
        double speed = Speed.OfFlashLoad(session.Log.Packets, Size).KilobytesPerSecond;
        return new(board, session.Rig.Host.Speed.ToString().ToLowerInvariant(), $"load into {variant.Name} (its flash allows {limit:F1} KB/s)", speed, "KB/s", 0.85 * limit);
    }
}
