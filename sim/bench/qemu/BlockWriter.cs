namespace SharpProbe.Sim.Qemu;

/// <summary>Writes generated code: addresses, lines for the listing, counts, and where SP is, which is always known since the log hangs on it.</summary>
public sealed class BlockWriter(uint address)
{
    private readonly List<byte> _code = [];

    /// <summary>Whether snapshots hold the floating-point registers; otherwise their places hold what the stack held.</summary>
    public bool HasFpu { get; init; }

    public uint Address => address + (uint)_code.Count;
    public byte[] Code => [.. _code];
    public List<TestLine> Lines { get; } = [];
    public List<Snapshot> Snapshots { get; } = [];
    public Dictionary<string, int> Counts { get; } = [];
    public int Instructions { get; private set; }
    public uint StackPointer { get; set; } = TestLayout.LogTop;

    public void Emit(Encoding row, uint opcode) => Emit(row.Group, row.Size, opcode, row, null);

    /// <summary>An instruction that is no row of the table; 16 bits if it fits.</summary>
    public void Emit(string group, uint opcode, string name) => Emit(group, opcode > 0xFFFF ? 4 : 2, opcode, null, name);

    private void Emit(string group, int size, uint opcode, Encoding? row, string? name)
    {
        Lines.Add(new(Address, opcode, size, row, name));
        if (size == 4) Halfword(opcode >> 16);
        Halfword(opcode);
        if (group == "") return;   // the bench's own scaffolding
        Counts[group] = Counts.GetValueOrDefault(group) + 1;
        Instructions++;
    }

    public void Data(ReadOnlySpan<byte> bytes) => _code.AddRange(bytes);

    private void Halfword(uint value)
    {
        _code.Add((byte)value);
        _code.Add((byte)(value >> 8));
    }

    /// <summary>MOVW and MOVT: no flags change.</summary>
    public void Set(int register, uint value)
    {
        Emit("", MoveWide(0xF240_0000, register, value & 0xFFFF), $"MOVW R{register}, #0x{value & 0xFFFF:X}");
        Emit("", MoveWide(0xF2C0_0000, register, value >> 16), $"MOVT R{register}, #0x{value >> 16:X}");
    }

    /// <summary>A <see cref="Set"/> whose value comes later, with <see cref="Fill"/>: the returned place is for that.</summary>
    public (int Register, int Code, int Line) SetLater(int register)
    {
        var place = (register, _code.Count, Lines.Count);
        Set(register, 0);
        return place;
    }

    public void Fill((int Register, int Code, int Line) place, uint value)
    {
        var writer = new BlockWriter(Lines[place.Line].Address);
        writer.Set(place.Register, value);
        for (int i = 0; i < 8; i++) _code[place.Code + i] = writer._code[i];
        for (int i = 0; i < 2; i++) Lines[place.Line + i] = writer.Lines[i];
    }

    private static uint MoveWide(uint opcode, int register, uint value) =>
        opcode | (value & 0xF000) << 4 | (value & 0x0800) << 15 | (value & 0x0700) << 4 | (uint)register << 8 | value & 0xFF;

    /// <summary>Stores all registers and flags below SP and leaves every one as it was, but SP.</summary>
    public void Snapshot()
    {
        if (Snapshots.Count > 0 && Snapshots[^1].Lines == Lines.Count) return;
        int lines = Lines.Count;
        Emit("", 0xE92D_5FFF, "PUSH {R0-R12, LR}");
        if (HasFpu) Emit("", 0xED2D_0B20, "VPUSH {D0-D15}");
        else Emit("", 0xB0A0, "SUB SP, SP, #128");
        Emit("", 0xF3EF_8000, "MRS R0, APSR");
        if (HasFpu) Emit("", 0xEEF1_1A10, "VMRS R1, FPSCR");
        Emit("", 0xB403, "PUSH {R0, R1}");
        Emit("", 0x9822, "LDR R0, [SP, #136]");
        Emit("", 0x9923, "LDR R1, [SP, #140]");
        StackPointer -= Qemu.Snapshot.Size;
        Snapshots.Add(new(StackPointer, lines));
    }

    /// <summary>Moves SP down, so that stores above it do not touch the log.</summary>
    public void Reserve(uint bytes)
    {
        bytes = (bytes + 3) & ~3u;
        if (bytes <= 508) Emit("stack", 0xB080 | bytes / 4, $"SUB SP, SP, #{bytes}");
        else Emit("stack", 0xF2AD_0D00 | (bytes & 0x800) << 15 | (bytes & 0x700) << 4 | bytes & 0xFF, $"SUBW SP, SP, #{bytes}");
        StackPointer -= bytes;
    }
}
