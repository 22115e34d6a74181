using SharpProbe.Sim;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.View;

/// <summary>A core with flash at 0 and RAM, running an assembled program from its label Reset_Handler.</summary>
internal sealed class TinyMachine
{
    public TinyMachine(string source)
    {
        Path = Assembled.File(".word 0x20001000\n.word Reset_Handler + 1\n.rept 14\n.word SysTick_Handler + 1\n.endr\n" + source, 0);
        var elf = ElfFile.Read(Path);
        Symbols = new(elf);
        var flash = new MemoryRegion("flash", 0, 0x1_0000, MemoryTiming.Tcm);
        elf.Section(".text").Span.CopyTo(flash.Span);
        var bus = new Bus();
        bus.Map(flash);
        bus.Map(new MemoryRegion("RAM", 0x2000_0000, 0x1_0000, MemoryTiming.Tcm));
        Core = new(CoreKind.CortexM7, bus, new TimeBase(1_000_000));
        Core.Reset();
    }

    public string Path { get; }
    public SymbolMap Symbols { get; }
    public Core Core { get; }
}
