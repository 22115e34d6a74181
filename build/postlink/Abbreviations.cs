namespace SharpProbe.Build.PostLink;

/// <summary>The attribute lists of .debug_abbrev (DWARF 4, 7.5.3), and how long each form is in .debug_info (7.5.4).</summary>
sealed class Abbreviations
{
    private readonly Dictionary<ulong, List<(int Name, int Form)>> _lists = [];

    public Abbreviations(byte[] data)
    {
        int at = 0;
        while (at < data.Length)
        {
            ulong number = Leb128.ReadUnsigned(data, ref at);
            if (number == 0) break;
            Leb128.ReadUnsigned(data, ref at);                                           // tag
            at++;                                                                        // has children
            List<(int, int)> list = [];
            while (true)
            {
                int name = (int)Leb128.ReadUnsigned(data, ref at), form = (int)Leb128.ReadUnsigned(data, ref at);
                if (name == 0 && form == 0) break;
                list.Add((name, form));
            }
            _lists[number] = list;
        }
    }

    public List<(int Name, int Form)> this[ulong number] => _lists[number];

    public static void Skip(byte[] data, ref int at, int form)
    {
        switch (form)
        {
            case 0x19: break;                                                            // flag_present
            case 0x0B or 0x0C or 0x11: at += 1; break;                                   // data1, flag, ref1
            case 0x05 or 0x12: at += 2; break;                                           // data2, ref2
            case 0x01 or 0x06 or 0x0E or 0x10 or 0x13 or 0x17: at += 4; break;           // addr, data4, strp, ref_addr, ref4, sec_offset
            case 0x07 or 0x14: at += 8; break;                                           // data8, ref8
            case 0x08: while (data[at++] != 0) { } break;                                // string
            case 0x0D or 0x0F or 0x15: Leb128.ReadUnsigned(data, ref at); break;         // sdata, udata, ref_udata
            case 0x0A: at += data[at] + 1; break;                                        // block1
            case 0x09 or 0x18: int length = (int)Leb128.ReadUnsigned(data, ref at); at += length; break;     // block, exprloc
            default: throw new BuildError($"the compiler's debug information has form 0x{form:X}, which the post-link step does not know");
        }
    }
}
