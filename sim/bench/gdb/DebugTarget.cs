using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Sim.Gdb;

/// <summary>What a debugger holds on to: the core, and how the machine around it runs and resets.</summary>
public sealed class DebugTarget
{
    public required Core Core { get; init; }

    /// <summary>Runs until a cycle.</summary>
    public required Action<ulong> Run { get; init; }

    /// <summary>One instruction.</summary>
    public required Action Step { get; init; }

    /// <summary>System reset, as by the reset pin.</summary>
    public required Action Reset { get; init; }

    public SymbolMap Symbols { get; init; } = SymbolMap.Empty;

    /// <summary>Names and levels of the wires, for "monitor pins".</summary>
    public Func<IEnumerable<(string Name, string Level)>> Pins { get; init; } = () => [];

    /// <summary>Exit code of a program that has ended (semihosting), else null.</summary>
    public Func<int?> ExitCode { get; init; } = () => null;
}
