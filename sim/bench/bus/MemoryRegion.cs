using System.Runtime.InteropServices;

namespace SharpProbe.Sim;

/// <summary>A block of memory that the core reads directly. Writes go to <see cref="OnWrite"/> where it is set (flash), else into the bytes.</summary>
public sealed unsafe class MemoryRegion
{
    public MemoryRegion(string name, uint address, uint size, MemoryTiming timing)
    {
        (Name, Address, Size, Timing) = (name, address, size, timing);
        Bytes = (byte*)NativeMemory.AlignedAlloc(size, 64);
        Span.Clear();
    }

    public string Name { get; }
    public uint Address { get; }
    public uint Size { get; }
    public MemoryTiming Timing { get; }
    public byte* Bytes { get; }
    public Span<byte> Span => new(Bytes, (int)Size);

    /// <summary>Takes every write (offset, value, width in bytes) instead of the bytes themselves: a flash controller, or "read only".</summary>
    public Action<uint, uint, int>? OnWrite { get; set; }

    /// <summary>Asked before a read or fetch while not null: stalls the core (adds cycles) or stops the bench, e.g. flash busy with an erase.</summary>
    public Action<uint>? OnRead
    {
        get;
        set { field = value; Changed?.Invoke(); }
    }

    /// <summary>Words that answer a read with a bus error; null where there can be none.</summary>
    public UnreadableWords? Holes { get; set; }

    /// <summary>Raised when <see cref="OnRead"/> is set or cleared, or when the contents changed behind the core's back; cached decodings and pointers are void.</summary>
    public event Action? Changed;

    public void ContentsChanged() => Changed?.Invoke();
}
