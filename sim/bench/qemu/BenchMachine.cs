using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>The bench's core with the memory of the board that QEMU models.</summary>
public sealed class BenchMachine : ITestMachine
{
    private const ulong Chunk = 2000, Limit = 10_000_000;
    private readonly MemoryRegion[] _memories = NewMemories();
    private readonly Core _core;

    public BenchMachine(CoreKind kind)
    {
        var bus = new Bus();
        foreach (var memory in _memories) bus.Map(memory);
        _core = new Core(kind, bus, new TimeBase(216_000_000));
        Write(0, StartUpImage.Bytes);
        _core.Reset();
        Run(TestLayout.StartUp);
    }

    internal static MemoryRegion[] NewMemories() =>
        [new("SSRAM1", TestLayout.CodeRam, TestLayout.RamSize, MemoryTiming.Tcm), new("SSRAM2", TestLayout.DataRam, TestLayout.RamSize, MemoryTiming.Tcm)];

    public uint StackPointer => _core[13];

    public void Write(uint address, ReadOnlySpan<byte> bytes)
    {
        var memory = Find(address);
        bytes.CopyTo(memory.Span[(int)(address - memory.Address)..]);
        memory.ContentsChanged();
    }

    public void Read(uint address, Span<byte> bytes)
    {
        var memory = Find(address);
        memory.Span.Slice((int)(address - memory.Address), bytes.Length).CopyTo(bytes);
    }

    public uint Run(uint entry)
    {
        _core.Pc = entry;
        for (ulong done = 0; done < Limit; done += Chunk)
        {
            _core.RunInstructions(Chunk);
            if (_core.Pc is TestLayout.End or TestLayout.FaultHandler) break;
        }
        return _core.Pc;
    }

    public void Dispose() { }

    private MemoryRegion Find(uint address) => _memories[address >= TestLayout.DataRam ? 1 : 0];
}
