using System.Buffers.Binary;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Sim.Cli;

/// <summary>How much of its heap a program in C# has taken: zerolib's heap only grows.</summary>
internal static class HeapUse
{
    /// <summary>"heap: 1234 of 5678 bytes used"; null: the program has none.</summary>
    public static string? Of(Machine machine, ElfFile elf)
    {
        if (elf.AddressOf("__NONGCSTATICSS_P_CoreLib_Internal_Runtime_Heap") is not { } statics || elf.AddressOf("__heap_start") is not { } start || elf.AddressOf("__heap_end") is not { } end) return null;
        if (machine.Bus.Find(statics) is not { Region: { } memory } mapping) return null;
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(memory.Span[(int)(statics - mapping.Address)..]);
        return next < start || next > end ? null : $"heap: {next - start} of {end - start} bytes used";
    }
}
