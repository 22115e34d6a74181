using SharpProbe.Sim.Cli.Rig;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>gdb's load into RAM, its dump of RAM, and a single step, at the fastest clock.</summary>
internal static class RamFigures
{
    private const uint Ram = 0x2000_0000;
    private const int Size = 16 * 1024, Steps = 20;

    public static IEnumerable<Figure> Of(string board)
    {
        using var session = new GdbSession(board, "stm32f103");
        byte[] data = new byte[Size];
        new Random(1).NextBytes(data);
        string image = session.File("ram.srec"), back = session.File("ram.bin");
        SRecord.Write(image, Ram, data);
        string usb = session.Rig.Host.Speed.ToString().ToLowerInvariant();
        BoardGoals goals = BoardGoals.Of(board);

        session.Rig.Paused(() => session.Rig.Target.Port!.Log.Capacity = 100_000);

        Figure Clock(bool write) => new(board, usb, $"SWD, {(write ? "writing" : "reading")} words", SwdCycles.AClock(session.Rig, write), "cycles a clock", goals.CyclesAClock, LessIsBetter: true);

        yield return new(board, usb, "SWCLK asked for the fastest", session.SwclkMegahertz, "MHz");
        session.Log.Clear();
        session.Say($"load {image}");
        yield return new(board, usb, "load into RAM", Speed.Between(session.Log.Packets, Size, p => p.Text.StartsWith('X') && p.Length > 64).KilobytesPerSecond / 1000, "MB/s", goals.RamLoad);
        session.Log.Clear();
        session.Say($"dump binary memory {back} 0x{Ram:x} 0x{Ram + Size:x}");
        yield return new(board, usb, "read of RAM", Speed.Between(session.Log.Packets, Size, p => p.Text.StartsWith('m')).KilobytesPerSecond / 1000, "MB/s", goals.RamRead);
        yield return Clock(write: true);
        yield return Clock(write: false);
        if (!System.IO.File.ReadAllBytes(back).AsSpan().SequenceEqual(data)) throw new IOException("what was read is not what was loaded");

        session.Log.Clear();
        session.Say($"set *(int*)0x{Ram:x} = 0xbf00bf00");           // two NOPs and on into noise: a step is a step
        session.Say($"set $pc = 0x{Ram:x}");
        for (int i = 0; i < Steps; i++)
        {
            session.Say($"set $pc = 0x{Ram:x}");
            session.Say("stepi");
        }
        var trips = session.Log.Trips(p => p.Text.StartsWith("vCont;s") || p.Text.StartsWith("vCont;r")).ToList();
        yield return new(board, usb, "single step, round trip", trips.Average() / 1e12, "ms", 1.0, LessIsBetter: true);
    }
}
