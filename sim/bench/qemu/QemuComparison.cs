using System.Diagnostics;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>Runs the same random programs on QEMU's Cortex-M and on the bench's and compares all registers, flags and memory.</summary>
public static class QemuComparison
{
    private const int BlockSize = 1000, SnapshotEvery = 8, MaximumDifferences = 20;

    /// <summary>Compares about <paramref name="count"/> instructions; stops early after <see cref="MaximumDifferences"/> differences.</summary>
    /// <param name="count">Instructions under test.</param>
    /// <param name="seed">The same seed gives the same programs.</param>
    /// <param name="progress">Told the instructions done, once a block.</param>
    /// <param name="kind">Core on the bench. QEMU's M7 always has doubles; for a bench without them none are generated.</param>
    public static ComparisonResult Run(long count, ulong seed, IProgress<long>? progress = null, CoreKind kind = CoreKind.CortexM7Double)
    {
        using var qemu = new QemuMachine(kind);
        using var bench = new BenchMachine(kind);
        return Run(qemu, bench, kind, count, seed, progress);
    }

    public static ComparisonResult Run(ITestMachine reference, ITestMachine tested, CoreKind kind, long count, ulong seed, IProgress<long>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        var counts = new SortedDictionary<string, long>();
        var differences = new List<Difference>();
        byte[] pools = TestValues.Pools(new Random((int)seed));
        reference.Write(TestLayout.Pool, pools);
        tested.Write(TestLayout.Pool, pools);
        long done = 0;
        for (ulong block = seed << 32; done < count && differences.Count < MaximumDifferences; block++)
        {
            var program = BlockGenerator.Generate(kind, block, BlockSize, SnapshotEvery);
            int before = differences.Count;
            Compare(reference, tested, kind, program, block, differences, locate: true);
            if (differences.Count > before) ClearLogs(reference, tested);
            foreach (var (group, n) in program.Counts) counts[group] = counts.GetValueOrDefault(group) + n;
            done += program.Instructions;
            progress?.Report(done);
        }
        return new(done, counts, differences, watch.Elapsed);
    }

    private static void Compare(ITestMachine reference, ITestMachine tested, CoreKind kind, TestBlock program, ulong seed, List<Difference> differences, bool locate)
    {
        var expected = Execute(reference, program, seed, out string? fault);
        if (fault != null) throw new IOException($"seed {seed}: the reference took an exception, so the generator made an invalid program.\n{fault}");
        var actual = Execute(tested, program, seed, out fault);
        if (fault == null && expected.AsSpan().SequenceEqual(actual)) return;

        int first = program.Snapshots.FindIndex(s => !At(expected, program, s).SequenceEqual(At(actual, program, s)));
        if (locate && first >= 0)
        {
            // Again with a snapshot after every instruction.
            int before = differences.Count;
            Compare(reference, tested, kind, BlockGenerator.Generate(kind, seed, BlockSize, 1), seed, differences, locate: false);
            if (differences.Count > before) return;
        }
        var details = new List<string>();
        if (fault != null) details.Add(fault);
        if (first >= 0) Describe(At(expected, program, program.Snapshots[first]), At(actual, program, program.Snapshots[first]), Snapshot.NameOf, details);
        else Describe(expected, actual, o => NameOf(program, o), details);
        int from = first > 0 ? program.Snapshots[first - 1].Lines : 0, to = first >= 0 ? program.Snapshots[first].Lines : program.Lines.Count;
        var lines = first >= 0 ? program.Lines[from..to] : NearException(program, expected, actual).ToList();
        differences.Add(new(seed, lines, details));
    }

    /// <summary>What a block left on its stack shows through in the gaps of the next one's log: after a difference both begin with zeros again.</summary>
    private static void ClearLogs(ITestMachine reference, ITestMachine tested)
    {
        var zeros = new byte[TestLayout.LogSize];
        reference.Write(TestLayout.LogTop - TestLayout.LogSize, zeros);
        tested.Write(TestLayout.LogTop - TestLayout.LogSize, zeros);
    }

    private static string NameOf(TestBlock program, int offset)
    {
        uint address = offset < program.Window.Length ? TestLayout.Window + (uint)offset : program.LogBottom + (uint)(offset - program.Window.Length);
        int inLog = (int)(address - TestLayout.ExceptionLog) / 4, words = ExceptionHandler.Record.Length;
        return address is >= TestLayout.ExceptionLog and < TestLayout.Cells + TestLayout.CellsSize
            ? $"exception {inLog / words}, {ExceptionHandler.Record[inLog % words]}" : $"memory {address:X8}";
    }

    /// <summary>The instructions around the first exception whose records differ, by its stacked PC.</summary>
    private static IEnumerable<TestLine> NearException(TestBlock program, byte[] expected, byte[] actual)
    {
        const int stackedPc = 9;
        int start = (int)TestLayout.WindowSize + 16, size = ExceptionHandler.Record.Length * 4;
        for (int record = start; record + size <= program.Window.Length; record += size)
        {
            if (expected.AsSpan(record, size).SequenceEqual(actual.AsSpan(record, size))) continue;
            uint pc = BitConverter.ToUInt32(expected, record + 4 * stackedPc);
            return program.Lines.Where(l => l.Address + 24 > pc && l.Address < pc + 8);
        }
        return [];
    }

    private static ReadOnlySpan<byte> At(byte[] memory, TestBlock program, Snapshot snapshot) =>
        memory.AsSpan((int)(snapshot.Address - program.LogBottom) + program.Window.Length, Snapshot.Size);

    /// <summary>The window and the log after the run; a fault is described by where it happened.</summary>
    private static byte[] Execute(ITestMachine machine, TestBlock program, ulong seed, out string? fault)
    {
        machine.Write(TestLayout.Window, program.Window);
        machine.Write(TestLayout.Code, program.Code);
        uint stop = Run(machine, seed);
        fault = stop == TestLayout.End ? null : DescribeFault(machine, program, stop);
        var memory = new byte[program.Window.Length + (TestLayout.LogTop - program.LogBottom)];
        machine.Read(TestLayout.Window, memory.AsSpan(0, program.Window.Length));
        machine.Read(program.LogBottom, memory.AsSpan(program.Window.Length));
        return memory;
    }

    private static uint Run(ITestMachine machine, ulong seed)
    {
        try
        {
            return machine.Run(TestLayout.Code);
        }
        catch (IOException e)
        {
            throw new IOException($"seed {seed}: {e.Message}");
        }
    }

    private static string DescribeFault(ITestMachine machine, TestBlock program, uint stop)
    {
        var frame = new byte[32];
        machine.Read(machine.StackPointer, frame);
        uint pc = BitConverter.ToUInt32(frame, 24);
        int line = program.Lines.FindLastIndex(l => l.Address <= pc);
        string near = string.Join("\n", program.Lines.Skip(int.Max(line - 6, 0)).Take(8));
        return $"stopped at {stop:X8} by an exception at {pc:X8}, xPSR {BitConverter.ToUInt32(frame, 28):X8}; near\n{near}";
    }

    private static void Describe(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, Func<int, string> name, List<string> details)
    {
        for (int i = 0; i < expected.Length && details.Count < 24; i += 4)
        {
            uint e = BitConverter.ToUInt32(expected[i..]), a = BitConverter.ToUInt32(actual[i..]);
            if (e != a) details.Add($"{name(i)}: QEMU {e:X8}, bench {a:X8}");
        }
    }
}
