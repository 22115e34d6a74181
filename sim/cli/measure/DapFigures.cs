using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>A target's RAM through CMSIS-DAP, eight packets under way, at the fastest clock; what the wire has to do for it.</summary>
internal static class DapFigures
{
    private const uint Fastest = 50_000_000;
    private const int Kib = 16, Depth = 8;

    /// <param name="profiled">Cycles by function for bulk, to stdout.</param>
    public static IEnumerable<Figure> Of(string board, bool profiled)
    {
        BoardGoals goals = BoardGoals.Of(board);
        foreach (bool hid in (bool[])[false, true])
        {
            var host = new DapHost(board, hid, TargetKind.Genuine);
            var log = host.Target!.Port!.Log;
            log.Capacity = 100_000;
            host.Connect(Fastest);
            ulong before = host.Target.Port.Clocks;
            using var profile = profiled && !hid ? host.Profile() : null;
            var (write, read) = host.Move(Kib, Depth);
            if (profile is not null) ProfileReport.Write(profile, null);
            double words = host.Moved(Kib) / 4.0 * 2, clocks = (host.Target.Port.Clocks - before) / words;
            string usb = host.Usb.Speed.ToString().ToLowerInvariant(), by = $"DAP {(hid ? "HID" : "bulk")}";
            double? goal = hid ? goals.DapHid : goals.DapBulk;
            yield return new(board, usb, $"{by}, RAM write", write, "kB/s", goal);
            yield return new(board, usb, $"{by}, RAM read", read, "kB/s", goal);
            if (hid) continue;
            foreach (bool writing in (bool[])[true, false])
                yield return new(board, usb, $"DAP, a word {(writing ? "written" : "read")}", SwdCycles.AWord(log.Entries, host.Machine.Time, writing), "cycles", goals.CyclesAClock * SwdCycles.ClocksPerWord, LessIsBetter: true);
            yield return new(board, usb, $"DAP, wire a word (ideal {SwdCycles.ClocksPerWord})", clocks, "clocks");
        }
    }
}
