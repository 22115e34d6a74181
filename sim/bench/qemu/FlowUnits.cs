namespace SharpProbe.Sim.Qemu;

/// <summary>Instructions that come in groups: IT blocks, branches with something to skip, table branches, exclusive pairs.</summary>
internal sealed class FlowUnits(Random random, BlockWriter writer, BlockGenerator generator)
{
    private const string Group = "branch";

    public void Emit()
    {
        switch (random.Next(12))
        {
            case < 5: IfThen(); break;
            case 5: Conditional(); break;
            case 6: CompareAndBranch(); break;
            case 7: Unconditional(); break;
            case 8: Indirect(); break;
            case 9: Table(); break;
            case 10: Backward(); break;
            default: Exclusive(); break;
        }
    }

    private List<(Encoding Row, uint Opcode)> Body(int most = 3)
    {
        var body = new List<(Encoding, uint)>();
        for (int i = random.Next(1, most + 1); i > 0; i--) body.Add(generator.Simple(false));
        return body;
    }

    private static uint Length(List<(Encoding Row, uint Opcode)> body) => (uint)body.Sum(b => b.Row.Size);

    private void Emit(List<(Encoding Row, uint Opcode)> body)
    {
        foreach (var (row, opcode) in body) writer.Emit(row, opcode);
    }

    /// <summary>IT with one to four instructions; only the first may need registers prepared, the last may be a branch (A7.7.38).</summary>
    private void IfThen()
    {
        int count = random.Next(1, 5);
        uint condition = (uint)random.Next(15);
        uint mask = 0;
        for (int i = 1; i < count; i++)
            mask = mask << 1 | (condition == 14 ? 0 : condition & 1 ^ (uint)random.Next(2));
        mask = (mask << 1 | 1) << (4 - count);
        Action first = random.Next(2) == 0 ? generator.PreparedForIt() : InIt();
        bool branch = random.Next(6) == 0;
        var skipped = Body();
        writer.Emit("IT", 0xBF00 | condition << 4 | mask, $"IT cond={condition} mask={mask:X}");
        if (!(branch && count == 1)) first();
        for (int i = 1; i < count - (branch ? 1 : 0); i++) InIt()();
        if (!branch) return;
        writer.Emit(Group, 0xE000 | (Length(skipped) - 2) / 2, "B in IT");
        Emit(skipped);
    }

    private Action InIt()
    {
        var (row, opcode) = generator.Simple(true);
        return () => writer.Emit(row, opcode);
    }

    private void Conditional()
    {
        var body = Body();
        uint condition = (uint)random.Next(14);
        if (random.Next(2) == 0) writer.Emit(Group, 0xD000 | condition << 8 | (Length(body) - 2) / 2, $"B cond={condition}, over {Length(body)}");
        else writer.Emit(Group, 0xF000_8000 | condition << 22 | Length(body) / 2, $"B.W cond={condition}, over {Length(body)}");
        Emit(body);
    }

    private void CompareAndBranch()
    {
        var body = Body();
        uint offset = (Length(body) - 2) / 2, register = (uint)random.Next(8), not = (uint)random.Next(2);
        if (random.Next(2) == 0) writer.Set((int)register, 0);
        writer.Emit(Group, 0xB100 | not << 11 | (offset & 0x20) << 4 | (offset & 0x1F) << 3 | register, $"CB{(not != 0 ? "N" : "")}Z R{register}, over {Length(body)}");
        Emit(body);
    }

    private void Unconditional()
    {
        var body = Body();
        uint over = Length(body);
        switch (random.Next(3))
        {
            case 0: writer.Emit(Group, 0xE000 | (over - 2) / 2, $"B over {over}"); break;
            case 1: writer.Emit(Group, 0xF000_B800 | over / 2, $"B.W over {over}"); break;
            default: writer.Emit(Group, 0xF000_F800 | over / 2, $"BL over {over}"); break;
        }
        Emit(body);
    }

    /// <summary>Every other way to write PC: the target goes into a register, the window or the stack.</summary>
    private void Indirect()
    {
        var body = Body();
        int register = random.Next(13), other = (register + random.Next(1, 13)) % 13;
        uint r = (uint)register, n = (uint)other;
        int kind = random.Next(8);
        const uint setLength = 8;
        uint Target(uint between) => (writer.Address + setLength + between + Length(body)) | 1;
        switch (kind)
        {
            case 0: writer.Set(register, Target(2)); writer.Emit(Group, 0x4700 | r << 3, $"BX R{register}"); break;
            case 1: writer.Set(register, Target(2)); writer.Emit(Group, 0x4780 | r << 3, $"BLX R{register}"); break;
            case 2: writer.Set(register, Target(2)); writer.Emit(Group, 0x4687 | r << 3, $"MOV PC, R{register}"); break;
            case 3:
                writer.Set(register, Target(4 + 2));
                writer.Emit(Group, 0xF84D_0D04 | r << 12, $"PUSH.W {{R{register}}}");
                writer.Emit(Group, 0xBD00, "POP {PC}");
                break;
            case 4:
                writer.Set(register, Target(4 + 4));
                writer.Emit(Group, 0xF84D_0D04 | r << 12, $"PUSH.W {{R{register}}}");
                writer.Emit(Group, 0xF85D_FB04, "LDR PC, [SP], #4");
                break;
            case 5:
                writer.Set(register, Target(setLength + 4 + 4));
                writer.Set(other, generator.Address(4, 4, true));
                writer.Emit(Group, 0xF8C0_0000 | n << 16 | r << 12, $"STR.W R{register}, [R{other}]");
                writer.Emit(Group, 0xF8D0_F000 | n << 16, $"LDR PC, [R{other}]");
                break;
            case 6:
                int low = other == 0 ? 1 : 0;
                writer.Set(register, Target(setLength + 4 + 4));
                writer.Set(other, generator.Address(8, 4, true));
                writer.Emit(Group, 0xF8C0_0004 | n << 16 | r << 12, $"STR.W R{register}, [R{other}, #4]");
                writer.Emit(Group, 0xE890_8000 | n << 16 | 1u << low, $"LDMIA R{other}, {{R{low}, PC}}");
                break;
            default:
                writer.Set(register, Target(setLength + 4 + 4));
                writer.Set(other, 0);
                writer.Emit(Group, 0xF84D_0D04 | r << 12, $"PUSH.W {{R{register}}}");
                writer.Emit(Group, 0xF85D_F000 | n, $"LDR PC, [SP, R{other}]");
                break;
        }
        Emit(body);
    }

    /// <summary>TBB or TBH with four ways; each falls through into the next.</summary>
    private void Table()
    {
        bool halfwords = random.Next(2) == 0;
        bool viaPc = random.Next(2) == 0;
        var bodies = Enumerable.Range(0, 4).Select(_ => Body(2)).ToArray();
        int index = random.Next(11), register = (index + 1) % 12;
        writer.Set(index, (uint)random.Next(4));
        if (!viaPc) writer.Set(register, writer.Address + 8 + 4);
        writer.Emit(Group, 0xE8D0_F000 | (viaPc ? 15u : (uint)register) << 16 | (halfwords ? 0x10u : 0) | (uint)index, $"TB{(halfwords ? "H" : "B")} [{(viaPc ? "PC" : "R" + register)}, R{index}]");
        uint start = halfwords ? 8u : 4u;
        Span<byte> table = stackalloc byte[(int)start];
        for (int i = 0; i < 4; i++)
        {
            if (halfwords) BitConverter.TryWriteBytes(table[(2 * i)..], (ushort)(start / 2));
            else table[i] = (byte)(start / 2);
            start += Length(bodies[i]);
        }
        writer.Data(table);
        foreach (var body in bodies) Emit(body);
    }

    /// <summary>A branch out to a branch back: over; body; out; back.</summary>
    private void Backward()
    {
        var body = Body();
        uint length = Length(body);
        writer.Emit(Group, 0xE000 | (length + 2 - 2) / 2, "B over");
        Emit(body);
        int back = -(int)(length + 2 + 4);   // from here, PC reads 4 ahead
        bool narrow = random.Next(2) == 0;
        uint backSize = narrow ? 2u : 4u;
        writer.Emit(Group, 0xE000 | (backSize - 2) / 2, "B out");
        uint condition = (uint)random.Next(15);
        uint offset = (uint)(back / 2);
        if (narrow) writer.Emit(Group, condition == 14 ? 0xE000 | offset & 0x7FF : 0xD000 | condition << 8 | offset & 0xFF, $"B back cond={condition}");
        else if (condition == 14) writer.Emit(Group, (random.Next(2) == 0 ? 0xF400_B800u : 0xF400_F800) | (offset & 0x1F_F800) << 5 & 0x03FF_0000 | offset & 0x7FF, "B.W or BL back");
        else writer.Emit(Group, 0xF400_A800 | condition << 22 | (offset & 0x1_F800) << 5 | offset & 0x7FF, $"B.W back cond={condition}");
    }

    /// <summary>LDREX, perhaps CLREX, STREX to the same place: the outcome is defined only then (A3.4).</summary>
    private void Exclusive()
    {
        int size = 1 << random.Next(3);
        uint address = generator.Address(size, size, true);
        int n = random.Next(12), t = random.Next(13), d;
        do d = random.Next(13);
        while (d == n || d == t);
        int offset = size == 4 ? random.Next(256) : 0;
        uint load = size == 4 ? 0xE850_0F00 | (uint)offset : size == 2 ? 0xE8D0_0F5Fu : 0xE8D0_0F4F;
        uint store = size == 4 ? 0xE840_0000 | (uint)offset | (uint)d << 8 : (size == 2 ? 0xE8C0_0F50u : 0xE8C0_0F40) | (uint)d;
        writer.Set(n, address - 4 * (uint)offset);
        writer.Emit("exclusive", load | (uint)n << 16 | (uint)random.Next(13) << 12, $"LDREX{size} [R{n}, #{offset}*4]");
        if (random.Next(4) == 0) writer.Emit("exclusive", 0xF3BF_8F2F, "CLREX");
        writer.Set(n, address - 4 * (uint)offset);
        writer.Emit("exclusive", store | (uint)n << 16 | (uint)t << 12, $"STREX{size} R{d}, R{t}, [R{n}, #{offset}*4]");
    }
}
