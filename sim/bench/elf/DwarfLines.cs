namespace SharpProbe.Sim.Elf;

/// <summary>The line table of a whole program: runs the line number programs of .debug_line (DWARF 4 and 5, 6.2) once, then answers by address.</summary>
internal sealed class DwarfLines
{
    private readonly List<LineRow> _rows = [];

    public DwarfLines(DwarfSections sections)
    {
        var section = sections.Lines.Span;
        for (int at = 0; at < section.Length;)
        {
            var c = new DwarfCursor(section, at);
            int end = c.UnitEnd();
            var header = DwarfLineHeader.Read(ref c, sections);
            if (header is not null) Run(ref c, end, header);
            at = end;
        }
        _rows.Sort((a, b) => a.Address.CompareTo(b.Address));
    }

    public IReadOnlyList<LineRow> Rows => _rows;

    /// <summary>The row of an address, or the first one behind it, if it is inside the given range (a function).</summary>
    public SourceLine? Find(uint address, uint start, uint size)
    {
        int low = 0, high = _rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_rows[middle].End > address && _rows[middle].Address >= start) high = middle;
            else low = middle + 1;
        }
        if (low == _rows.Count || _rows[low] is var row && (row.Address - start >= size || row.Address > address && size == uint.MaxValue)) return null;
        return new(_rows[low].Path, _rows[low].Line);
    }

    private void Run(ref DwarfCursor c, int end, DwarfLineHeader header)
    {
        var state = new LineState();
        while (c.At < end)
        {
            byte opcode = c.Byte();
            if (opcode >= header.OpcodeBase)
            {
                int adjusted = opcode - header.OpcodeBase;
                state.Address += (uint)(adjusted / header.LineRange) * header.MinimumInstruction;
                state.Line += header.LineBase + adjusted % header.LineRange;
                Emit(ref state, header);
            }
            else if (opcode == 0) Extended(ref c, ref state, header);
            else Standard(ref c, opcode, ref state, header);
        }
    }

    private void Extended(ref DwarfCursor c, ref LineState state, DwarfLineHeader header)
    {
        ulong length = c.Unsigned();
        int start = c.At;
        c.Skip(length);
        int next = c.At;
        if (length == 0) return;
        c.At = start;
        switch (c.Byte())
        {
            case 1:                                   // DW_LNE_end_sequence
                Emit(ref state, header);
                state = new();
                break;
            case 2:                                   // DW_LNE_set_address; bit 0 is Thumb's and no address
                state.Address = c.Word() & ~1u;
                break;
        }
        c.At = next;
    }

    private void Standard(ref DwarfCursor c, byte opcode, ref LineState state, DwarfLineHeader header)
    {
        switch (opcode)
        {
            case 1: Emit(ref state, header); break;                                                  // DW_LNS_copy
            case 2: state.Address += (uint)c.Unsigned() * header.MinimumInstruction; break;          // DW_LNS_advance_pc
            case 3: state.Line += (int)c.Signed(); break;                                            // DW_LNS_advance_line
            case 4: state.File = (int)c.Unsigned(); break;                                           // DW_LNS_set_file
            case 8: state.Address += (uint)((255 - header.OpcodeBase) / header.LineRange) * header.MinimumInstruction; break;   // DW_LNS_const_add_pc
            case 9: state.Address += c.Half(); break;                                                // DW_LNS_fixed_advance_pc
            default:
                for (int i = 0; i < header.Operands(opcode); i++) c.Unsigned();
                break;
        }
    }

    // A row ends where the next one of its sequence begins. Line 0 is code that no line stands for.
    private void Emit(ref LineState state, DwarfLineHeader header)
    {
        if (state.Open && state.Address > state.RowAddress && state.RowLine > 0)
            _rows.Add(new(state.RowAddress, state.Address, header.Path(state.RowFile), state.RowLine));
        (state.Open, state.RowAddress, state.RowFile, state.RowLine) = (true, state.Address, state.File, state.Line);
    }

    /// <summary>Registers of the state machine, and the row that waits for its end.</summary>
    private struct LineState()
    {
        public uint Address, RowAddress;
        public int File = 1, Line = 1, RowFile, RowLine;
        public bool Open;
    }
}
