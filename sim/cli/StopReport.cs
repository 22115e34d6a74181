using SharpProbe.Sim.Boards;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli;

/// <summary>Tells why the bench stopped, where in the C# source, and what ran just before.</summary>
internal static class StopReport
{
    private const int Entries = 12;
    private const ulong Approach = 2000;

    public static void Write(TextWriter output, Bench bench, MachineStop stop, RunRequest request)
    {
        output.WriteLine();
        output.WriteLine($"bench stopped: {stop.Message}");
        output.WriteLine($"  at      {bench.Symbols.Name(stop.Pc)}, pc 0x{stop.Pc:X8}");
        output.WriteLine($"  called  {bench.Symbols.Name((bench.Machine.Core[14] & ~1u) - 2)} (LR)");
        output.WriteLine($"  when    cycle {stop.Cycle}, {SimTime.Show(stop.Time)}");
        if (bench.HadInput || request.Gdb is not null) return;
        output.WriteLine("  last instructions:");
        foreach (string line in History(request, stop)) output.WriteLine("  " + line);
    }

    // The run repeats exactly, so the last instructions come from a second run that traces only its end.
    private static IEnumerable<string> History(RunRequest request, MachineStop stop)
    {
        using var again = new Bench(request, _ => { }, quiet: true);
        again.Machine.RunCycles(stop.Cycle > Approach ? stop.Cycle - Approach : 0);
        using var trace = new InstructionTrace(again.Machine.Core, again.Symbols, Disassembly.OfElf(request.Elf), keep: Entries);
        again.Machine.RunCycles(stop.Cycle + Approach);
        return [.. trace.Last()];
    }
}
