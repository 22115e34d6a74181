namespace SharpProbe.Sim.Elf;

/// <summary>
/// A PT_LOAD program header. <paramref name="Physical"/> is where a programmer puts the bytes (load address, LMA), <paramref name="Virtual"/> where the
/// program expects them; a size in memory beyond the bytes is zero-filled by the start-up code, not by the loader.
/// </summary>
public sealed record ElfSegment(uint Physical, uint Virtual, uint MemorySize, uint Flags, ReadOnlyMemory<byte> Data);
