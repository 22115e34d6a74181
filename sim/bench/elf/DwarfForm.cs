namespace SharpProbe.Sim.Elf;

/// <summary>DW_FORM codes (DWARF 5, 7.5.6) and how to read a value of each.</summary>
internal static class DwarfForm
{
    public const uint Reference1 = 0x11, ReferenceUnsigned = 0x15, ImplicitConstant = 0x21;

    /// <summary>Reads one value. Blocks and expressions are skipped and give 0; indexed strings give no text.</summary>
    public static DwarfValue Read(ref DwarfCursor c, uint form, long implicitConstant, DwarfSections sections, int version)
    {
        switch (form)
        {
            case 0x01 or 0x06 or 0x13 or 0x1C: return new(c.Word());            // addr, data4, ref4, ref_sup4
            case 0x05 or 0x12 or 0x26 or 0x2A: return new(c.Half());            // data2, ref2, strx2, addrx2
            case 0x07 or 0x14 or 0x20: return new(c.Long());                    // data8, ref8, ref_sig8
            case 0x0B or 0x0C or 0x11 or 0x25 or 0x29: return new(c.Byte());    // data1, flag, ref1, strx1, addrx1
            case 0x0D: return new((ulong)c.Signed());                           // sdata
            case 0x0F or 0x15 or 0x1A or 0x1B or 0x22 or 0x23: return new(c.Unsigned());   // udata, ref_udata, strx, addrx, loclistx, rnglistx
            case 0x10: return new(version < 3 ? c.Word() : c.Offset());         // ref_addr
            case 0x17 or 0x1D: return new(c.Offset());                          // sec_offset, strp_sup
            case 0x08: return new(0, c.Text());                                 // string
            case 0x0E: return new(0, sections.String(c.Offset()));              // strp
            case 0x1F: return new(0, sections.LineString(c.Offset()));          // line_strp
            case 0x19: return new(1);                                           // flag_present
            case ImplicitConstant: return new((ulong)implicitConstant);
            case 0x16: return Read(ref c, (uint)c.Unsigned(), 0, sections, version);       // indirect
            case 0x03: c.Skip(c.Half()); return default;                        // block2
            case 0x04: c.Skip(c.Word()); return default;                        // block4
            case 0x09 or 0x18: c.Skip(c.Unsigned()); return default;            // block, exprloc
            case 0x0A: c.Skip(c.Byte()); return default;                        // block1
            case 0x1E: c.Skip(16); return default;                              // data16
            case 0x27 or 0x2B: c.Skip(3); return default;                       // strx3, addrx3
            case 0x28 or 0x2C: return new(c.Word());                            // strx4, addrx4
            default: throw new InvalidDataException($"DWARF form 0x{form:X} is not known");
        }
    }
}
