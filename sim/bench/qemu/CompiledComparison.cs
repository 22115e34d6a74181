using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Qemu;

/// <summary>Runs a compiled program, linked for the AN500 memory map and ending with semihosting's SYS_EXIT, on QEMU and on the bench.</summary>
public static class CompiledComparison
{
    private const ulong MaximumInstructions = 2_000_000_000, Chunk = 1_000_000;

    // Not compared: an exception frame there may show one of QEMU's deviations (QemuDeviation), and what lies below SP means nothing.
    private const string StackSection = ".stack";

    /// <param name="path">ELF file; its vector table is at address 0.</param>
    /// <param name="commandLine">What SYS_GET_CMDLINE answers.</param>
    public static CompiledResult Run(string path, string commandLine = "")
    {
        var elf = ElfFile.Read(path);
        var areas = elf.Sections.Where(s => s.Allocated && (s.Flags & 1) != 0 && s.Size != 0 && s.Name != StackSection).Select(s => (s.Name, s.Address, Bytes: new byte[s.Size])).ToArray();
        var (expected, expectedExit) = OnQemu(elf, commandLine, areas);
        var reference = areas.Select(a => a.Bytes.ToArray()).ToArray();
        var (actual, actualExit) = OnBench(elf, commandLine, areas);
        var differences = new List<string>();
        for (int i = 0; i < areas.Length; i++)
            for (int at = 0; at < reference[i].Length; at++)
                if (reference[i][at] != areas[i].Bytes[at])
                {
                    differences.Add($"{areas[i].Name} {areas[i].Address + (uint)at:X8}: QEMU {reference[i][at]:X2}, bench {areas[i].Bytes[at]:X2}");
                    break;
                }
        return new(expected, actual, expectedExit, actualExit, differences);
    }

    /// <summary>The loadable bytes from address 0 on.</summary>
    private static byte[] Image(ElfFile elf)
    {
        var image = new byte[elf.Segments.Where(s => s.Physical < TestLayout.RamSize).Max(s => s.Physical + s.Data.Length)];
        foreach (var segment in elf.Segments)
            if (segment.Physical < TestLayout.RamSize) segment.Data.Span.CopyTo(image.AsSpan((int)segment.Physical));
        return image;
    }

    private static (string Output, int Exit) OnQemu(ElfFile elf, string commandLine, (string Name, uint Address, byte[] Bytes)[] areas)
    {
        byte[] image = Image(elf);
        using var process = new QemuProcess(CoreKind.CortexM7Double, image);
        for (uint at = 0; at + 1 < image.Length; at += 2)
            if (image[at] == 0xAB && image[at + 1] == 0xBE) process.Gdb.SetBreakpoint(at);
        var semihosting = new QemuSemihosting(process.Gdb, commandLine);
        while (true)
        {
            process.Gdb.Continue();
            if (semihosting.Serve() is not { } code) continue;
            foreach (var (_, address, bytes) in areas) process.Gdb.ReadMemory(address, bytes);
            return (semihosting.Output, code);
        }
    }

    private static (string Output, int? Exit) OnBench(ElfFile elf, string commandLine, (string Name, uint Address, byte[] Bytes)[] areas)
    {
        MemoryRegion[] memories = BenchMachine.NewMemories();
        var bus = new Bus();
        foreach (var memory in memories) bus.Map(memory);
        Image(elf).CopyTo(memories[0].Span);
        var time = new TimeBase(216_000_000);
        var output = new System.Text.StringBuilder();
        var core = new Core(CoreKind.CortexM7Double, bus, time) { Semihosting = new Semihosting(time) { CommandLine = commandLine, Console = text => output.Append(text) } };
        core.Reset();
        for (ulong done = 0; done < MaximumInstructions && core.Semihosting.ExitCode == null && !core.Halted; done += Chunk) core.RunInstructions(Chunk);
        foreach (var (_, address, bytes) in areas) memories[address >= TestLayout.DataRam ? 1 : 0].Span.Slice((int)(address & (TestLayout.RamSize - 1)), bytes.Length).CopyTo(bytes);
        return (output.ToString(), core.Semihosting.ExitCode);
    }
}
