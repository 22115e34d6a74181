using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Sim.Elf;

/// <summary>
/// A 32-bit little-endian ARM ELF file (System V ABI, and ELF for the Arm Architecture IHI0044). A file that is cut short or lies about its offsets is refused with
/// <see cref="InvalidDataException"/> and a sentence.
/// </summary>
public sealed class ElfFile
{
    private const int HeaderSize = 52, SectionEntry = 40, SegmentEntry = 32, SymbolEntry = 16;
    private const ushort MachineArm = 40;
    private const uint NoBits = 8, SymbolTable = 2, LoadSegment = 1;

    private readonly ReadOnlyMemory<byte> _file;

    private ElfFile(ReadOnlyMemory<byte> file)
    {
        _file = file;
        var h = file.Span;
        if (h.Length < HeaderSize || !h[..4].SequenceEqual("\u007fELF"u8)) throw new InvalidDataException("not an ELF file");
        if (h[4] != 1 || h[5] != 1) throw new InvalidDataException("not a 32-bit little-endian ELF file");
        if (Half(18) != MachineArm) throw new InvalidDataException($"an ELF file for machine {Half(18)}, not for ARM");
        Entry = Word(24) & ~1u;
        Sections = ReadSections(Word(32), Half(48), Half(50));
        Segments = ReadSegments(Word(28), Half(44));
        Symbols = ReadSymbols();
    }

    /// <summary>Entry point without the Thumb bit.</summary>
    public uint Entry { get; }
    /// <summary>Sections in file order, the empty first one included, so that indices fit.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }
    /// <summary>PT_LOAD segments that have bytes in the file.</summary>
    public IReadOnlyList<ElfSegment> Segments { get; }
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    public static ElfFile Read(string path) => Parse(File.ReadAllBytes(path));

    public static ElfFile Parse(ReadOnlyMemory<byte> file) => new(file);

    /// <summary>A section's bytes, empty when there is no section of that name.</summary>
    public ReadOnlyMemory<byte> Section(string name) => Sections.FirstOrDefault(s => s.Name == name)?.Data ?? default;

    /// <summary>Address of a symbol, or null.</summary>
    public uint? AddressOf(string symbol) => Symbols.FirstOrDefault(s => s.Name == symbol && s.Section != 0)?.Address;

    private List<ElfSection> ReadSections(uint table, int count, int names)
    {
        var list = new List<ElfSection>(count);
        if (count == 0) return list;
        uint nameTable = Word(table + (uint)names * SectionEntry + 16);
        for (uint at = table, end = table + (uint)count * SectionEntry; at < end; at += SectionEntry)
        {
            uint type = Word(at + 4), size = Word(at + 20);
            var data = type is NoBits or 0 ? default : Bytes(Word(at + 16), size);
            list.Add(new(Text(nameTable + Word(at)), type, Word(at + 8), Word(at + 12), size, Word(at + 24), data));
        }
        return list;
    }

    private List<ElfSegment> ReadSegments(uint table, int count)
    {
        var list = new List<ElfSegment>(count);
        for (uint at = table, end = table + (uint)count * SegmentEntry; at < end; at += SegmentEntry)
        {
            uint size = Word(at + 16);
            if (Word(at) == LoadSegment && size != 0)
                list.Add(new(Word(at + 12), Word(at + 8), Word(at + 20), Word(at + 24), Bytes(Word(at + 4), size)));
        }
        return list;
    }

    private List<ElfSymbol> ReadSymbols()
    {
        var list = new List<ElfSymbol>();
        if (Sections.FirstOrDefault(s => s.Type == SymbolTable) is not { } table || table.Link >= Sections.Count) return list;
        var names = Sections[(int)table.Link].Data.Span;
        var entries = table.Data.Span;
        for (int at = SymbolEntry; at + SymbolEntry <= entries.Length; at += SymbolEntry)
        {
            var e = entries.Slice(at, SymbolEntry);
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(e), address = BinaryPrimitives.ReadUInt32LittleEndian(e[4..]);
            var kind = (ElfSymbolKind)(e[12] & 15);
            if (kind == ElfSymbolKind.Function) address &= ~1u;
            list.Add(new(Text(names, name), address, BinaryPrimitives.ReadUInt32LittleEndian(e[8..]), kind, e[12] >> 4 != 0,
                BinaryPrimitives.ReadUInt16LittleEndian(e[14..])));
        }
        return list;
    }

    private ReadOnlyMemory<byte> Bytes(uint offset, uint size) => (ulong)offset + size <= (ulong)_file.Length
        ? _file.Slice((int)offset, (int)size)
        : throw new InvalidDataException($"ELF file is cut short: {size} bytes wanted at offset 0x{offset:X}, file has {_file.Length}");

    private uint Word(uint offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, 4).Span);

    private ushort Half(uint offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, 2).Span);

    private string Text(uint offset) => Text(_file.Span, offset);

    private static string Text(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= table.Length) throw new InvalidDataException($"ELF name at offset 0x{offset:X} is outside its table");
        var rest = table[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
