using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Cli.Rig;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>Core cycles of the probe for a clock of SWD, from the moments at which the target's port saw its transfers.</summary>
internal static class SwdCycles
{
    public const int ClocksPerWord = 46;

    /// <summary>The median of all pairs of DRW transfers that follow each other directly: what lies between two words counts as well.</summary>
    public static double AClock(ProbeRig rig, bool write)
    {
        double cycles = 0;
        rig.Paused(() => cycles = AWord(rig.Target.Port!.Log.Entries, rig.Machine.Time, write));
        return cycles / ClocksPerWord;
    }

    /// <inheritdoc cref="AClock"/>
    public static double AWord(IEnumerable<SwdTransfer> log, TimeBase time, bool write)
    {
        List<ulong> apart = [];
        SwdTransfer? before = null;
        foreach (var transfer in log)
        {
            bool word = transfer.Register == SwdRegister.Drw && transfer.Request.Read != write && transfer.Ack == SwdAck.Ok;
            if (word && before is { } last) apart.Add(transfer.Time - last.Time);
            before = word ? transfer : null;
        }
        if (apart.Count == 0) return double.NaN;
        apart.Sort();
        return apart[apart.Count / 2] / 1e15 * time.Hertz;
    }
}
