namespace SharpProbe.Sim.Scs;

/// <summary>A CoreSight ROM table: offsets from the table to components, then an end marker (DDI0489 9.1, DDI0439 8.1, DDI0484 7.1).</summary>
public sealed class RomTable : CoreSightBlock
{
    /// <param name="name">For messages.</param>
    /// <param name="part">Part number of the table.</param>
    /// <param name="designer">JEP106, as <see cref="CoreSightBlock"/> has it.</param>
    /// <param name="entries">Entries from offset 0 on; the end marker is added.</param>
    public RomTable(string name, ushort part, uint designer, uint[] entries) : base(name, part, 0x10, lockable: false, designer)
    {
        for (int i = 0; i < entries.Length; i++) Add(Constant($"ROM entry {i}", (uint)i * 4, entries[i]));
        Add(Constant("end marker", (uint)entries.Length * 4, 0));
        Add(Constant("MEMTYPE", 0xFCC, 1));
    }

    /// <summary>The tables of a core by the address they are at.</summary>
    public static IEnumerable<(uint Address, RomTable Table)> Of(CoreFeatures features)
    {
        const uint Arm = 0x43B, Scs = 0xFFF0_F003, Dwt = 0xFFF0_2003, Fpb = 0xFFF0_3003, Itm = 0xFFF0_1003, NoTpiu = 0xFFF4_1002, NoEtm = 0xFFF4_2002;
        // An M7's AHB-AP leads to the maker's table, that to the processor's (RM0385 40.7).
        if (features is { IsM7: true, PartRomTable: { } first }) yield return (0xE00F_D000, new RomTable("ROM table", first.Part, first.Designer, first.Entries));
        else if (features.PartRomTable is { } own)
        {
            yield return (0xE00F_F000, new RomTable("ROM table", own.Part, own.Designer, own.Entries));
            yield break;
        }
        if (features.IsV6M)
        {
            yield return (0xE00F_F000, new RomTable("ROM table", 0x4C0, Arm, [Scs, Dwt, Fpb]));
            yield break;
        }
        ushort part = features.IsM7 ? (ushort)0x4C7 : features.HasFpu ? (ushort)0x4C4 : (ushort)0x4C3;
        yield return (0xE00F_F000, new RomTable("PPB ROM table", part, Arm, [Scs, Dwt, Fpb, Itm, NoTpiu, NoEtm]));
        if (features.IsM7) yield return (0xE00F_E000, new RomTable("processor ROM table", 0x4C8, Arm, [0x0000_1003, 0xFFF4_3002, 0xFFF4_4002, 0x1FF0_2002]));
    }
}
