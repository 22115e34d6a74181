using System;
using System.Buffers.Binary;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>ROM tables of class 1 and 9 and the components they list (IHI 0031, "ROM Tables").</summary>
static class RomTable
{
    /// <summary>Tables within tables, and components in all: more is a loop or noise.</summary>
    private const int MaxDepth = 4, MaxComponents = 64;

    /// <summary>Address of the table that BASE names; false where there is none.</summary>
    public static bool TryAddress(uint baseRegister, out uint address)
    {
        address = baseRegister & ~0xFFFu;
        return baseRegister != uint.MaxValue && (baseRegister & 3) != 2 && (baseRegister & 3) != 1;
    }

    /// <summary>Reads CIDR and PIDR of the 4 KiB block at an address; <see cref="FaultKind.Unsupported"/> where none is there.</summary>
    public static DebugFault Identify(AddressSpace memory, uint address, out ComponentId id)
    {
        Span<byte> ids = stackalloc byte[48];                // PIDR4 to PIDR7, PIDR0 to PIDR3, CIDR0 to CIDR3
        id = default;
        DebugFault fault = memory.Read(address + 0xFD0, ids);
        if (fault.Failed) return fault;
        if (ids[32] != 0x0D || (ids[36] & 15) != 0 || ids[40] != 0x05 || ids[44] != 0xB1) return FaultKind.Unsupported;
        uint architecture = 0, kind = (uint)ids[36] >> 4;
        if (kind == 9) fault = memory.Read32(address + 0xFBC, out architecture);
        int designer = (ids[0] & 15) << 7 | (ids[24] & 7) << 4 | ids[20] >> 4;
        id = new(kind, (ushort)designer, (ushort)((ids[20] & 15) << 8 | ids[16]), architecture);
        return fault;
    }

    /// <summary>A line for each component below a table.</summary>
    public static void Describe(AddressSpace memory, uint table, TextOutput text)
    {
        Span<uint> tables = stackalloc uint[MaxDepth];
        Span<uint> entries = stackalloc uint[MaxDepth];      // offset of the next entry
        int depth = 0, components = 0;
        tables[0] = table;
        entries[0] = 0;
        Line(memory, table, 0, text, out _);
        while (depth >= 0 && components < MaxComponents)
        {
            uint offset = entries[depth];
            entries[depth] += 4;
            if (offset >= 0xF00 || memory.Read32(tables[depth] + offset, out uint entry).Failed || entry == 0)
            {
                depth--;
                continue;
            }
            if ((entry & 1) == 0) continue;
            uint address = tables[depth] + (entry & ~0xFFFu);
            components++;
            if (!Line(memory, address, depth + 1, text, out bool isTable) || !isTable || depth + 1 == MaxDepth || Listed(tables[..(depth + 1)], address)) continue;
            depth++;
            (tables[depth], entries[depth]) = (address, 0);
        }
    }

    private static bool Listed(ReadOnlySpan<uint> tables, uint address)
    {
        foreach (uint table in tables)
            if (table == address) return true;
        return false;
    }

    private static bool Line(AddressSpace memory, uint address, int depth, TextOutput text, out bool isTable)
    {
        Span<byte> buffer = stackalloc byte[120];
        var line = new ByteWriter(buffer);
        DebugFault fault = Identify(memory, address, out ComponentId id);
        isTable = id.IsRomTable;
        for (int i = 0; i <= depth; i++) line.Write("  "u8);
        line.WriteAddress(address);
        line.Write(": "u8);
        if (fault.Kind == FaultKind.Unsupported) line.Write("no component"u8);
        else if (fault.Failed) fault.Describe(ref line);
        else PartNames.Write(ref line, id.Designer, id.Part, isTable);
        line.Write("\n"u8);
        text.Write(line.Written);
        return fault.Ok;
    }
}
