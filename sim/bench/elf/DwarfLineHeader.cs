namespace SharpProbe.Sim.Elf;

/// <summary>Header of a line number program: opcode parameters and file names (DWARF 4, 6.2.4; DWARF 5, 6.2.4).</summary>
internal sealed class DwarfLineHeader
{
    private const ulong ContentPath = 1, ContentDirectory = 2;

    private readonly List<string> _folders = [], _files = [];
    private byte[] _operands = [];
    private int _version;

    public uint MinimumInstruction { get; private set; }
    public int LineBase { get; private set; }
    public int LineRange { get; private set; }
    public int OpcodeBase { get; private set; }

    public int Operands(int opcode) => _operands[opcode - 1];

    public string Path(int file)
    {
        int index = _version >= 5 ? file : file - 1;
        return (uint)index < _files.Count ? _files[index] : "?";
    }

    /// <summary>Reads the header and leaves the cursor at the program's first opcode. Null: a version other than 2 to 5.</summary>
    public static DwarfLineHeader? Read(ref DwarfCursor c, DwarfSections sections)
    {
        var h = new DwarfLineHeader { _version = c.Half() };
        if (h._version is < 2 or > 5) return null;
        if (h._version >= 5) c.Skip(2);                       // address size, segment selector size
        uint length = c.Offset();
        int start = c.At;
        c.Skip(length);
        int program = c.At;
        c.At = start;
        h.MinimumInstruction = c.Byte();
        if (h._version >= 4) c.Skip(1);                       // maximum operations per instruction: VLIW only
        c.Skip(1);                                            // default is_stmt
        h.LineBase = (sbyte)c.Byte();
        h.LineRange = c.Byte();
        h.OpcodeBase = c.Byte();
        if (h.LineRange == 0 || h.OpcodeBase == 0) throw new InvalidDataException("DWARF line header with a range or an opcode base of 0");
        h._operands = new byte[h.OpcodeBase - 1];
        for (int i = 0; i < h._operands.Length; i++) h._operands[i] = c.Byte();
        if (h._version >= 5) h.ReadEntries(ref c, sections);
        else h.ReadNames(ref c);
        c.At = program;
        return h;
    }

    private void ReadNames(ref DwarfCursor c)
    {
        _folders.Add("");
        while (c.Text() is { Length: > 0 } folder) _folders.Add(folder);
        while (c.Text() is { Length: > 0 } file)
        {
            ulong folder = c.Unsigned();
            c.Unsigned();
            c.Unsigned();
            _files.Add(Joined(folder, file));
        }
    }

    private void ReadEntries(ref DwarfCursor c, DwarfSections sections)
    {
        foreach (var (path, _) in ReadTable(ref c, sections)) _folders.Add(path);
        foreach (var (path, folder) in ReadTable(ref c, sections)) _files.Add(Joined(folder, path));
    }

    private List<(string Path, ulong Folder)> ReadTable(ref DwarfCursor c, DwarfSections sections)
    {
        var formats = new (ulong Content, uint Form)[c.Byte()];
        for (int i = 0; i < formats.Length; i++) formats[i] = (c.Unsigned(), (uint)c.Unsigned());
        ulong count = c.Unsigned();
        var list = new List<(string, ulong)>();
        for (ulong n = 0; n < count && !c.AtEnd; n++)
        {
            string path = "";
            ulong folder = 0;
            foreach (var (content, form) in formats)
            {
                var value = DwarfForm.Read(ref c, form, 0, sections, _version);
                if (content == ContentPath) path = value.Text ?? "";
                else if (content == ContentDirectory) folder = value.Number;
            }
            list.Add((path, folder));
        }
        return list;
    }

    private string Joined(ulong folder, string file) =>
        file.StartsWith('/') || folder >= (ulong)_folders.Count || _folders[(int)folder].Length == 0 ? file : $"{_folders[(int)folder]}/{file}";
}
