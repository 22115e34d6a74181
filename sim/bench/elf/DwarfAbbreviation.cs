namespace SharpProbe.Sim.Elf;

/// <summary>One row of .debug_abbrev: tag and attributes of a kind of entry (DWARF 5, 7.5.3).</summary>
internal sealed record DwarfAbbreviation(uint Tag, bool HasChildren, (uint Attribute, uint Form, long Constant)[] Attributes)
{
    /// <summary>The table at an offset, by code.</summary>
    public static Dictionary<ulong, DwarfAbbreviation> ReadTable(ReadOnlySpan<byte> section, int offset)
    {
        var table = new Dictionary<ulong, DwarfAbbreviation>();
        var c = new DwarfCursor(section, offset);
        for (ulong code; (code = c.Unsigned()) != 0;)
        {
            uint tag = (uint)c.Unsigned();
            bool children = c.Byte() != 0;
            var attributes = new List<(uint, uint, long)>();
            while (true)
            {
                uint attribute = (uint)c.Unsigned(), form = (uint)c.Unsigned();
                long constant = form == DwarfForm.ImplicitConstant ? c.Signed() : 0;
                if (attribute == 0 && form == 0) break;
                attributes.Add((attribute, form, constant));
            }
            table[code] = new(tag, children, [.. attributes]);
        }
        return table;
    }
}
