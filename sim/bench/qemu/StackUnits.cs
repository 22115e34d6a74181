namespace SharpProbe.Sim.Qemu;

/// <summary>Instructions that move SP. What they pop is given back at once, so that the next snapshot does not overwrite an earlier one.</summary>
internal sealed class StackUnits(Random random, BlockWriter writer)
{
    private const string Group = "stack";

    public void Emit()
    {
        switch (random.Next(8))
        {
            case 0: PushNarrow(); break;
            case 1: PopNarrow(); break;
            case 2: Wide(0xE92D_0000, "PUSH.W", -1); break;
            case 3: Wide(0xE8BD_0000, "POP.W", 1); break;
            case 4: One(); break;
            case 5 when writer.HasFpu: FloatingPoint(); break;
            case 6: Adjust(); break;
            default: ThroughRegister(); break;
        }
    }

    private void PushNarrow()
    {
        uint list = (uint)random.Next(1, 512);
        writer.Emit(Group, 0xB400 | list, $"PUSH list {list:X}");
        writer.StackPointer -= 4 * (uint)uint.PopCount(list);
    }

    private void PopNarrow()
    {
        uint list = (uint)random.Next(1, 256);
        writer.Emit(Group, 0xBC00 | list, $"POP list {list:X}");
        GiveBack(4 * uint.PopCount(list));
    }

    private void Wide(uint opcode, string name, int direction)
    {
        uint list;
        do list = (uint)random.Next(0x8000) & 0x5FFF;
        while (uint.PopCount(list) < 2);
        writer.Emit(Group, opcode | list, $"{name} list {list:X}");
        if (direction < 0) writer.StackPointer -= 4 * uint.PopCount(list);
        else GiveBack(4 * uint.PopCount(list));
    }

    /// <summary>The single-register forms, which are pre-indexed STR and post-indexed LDR.</summary>
    private void One()
    {
        int register = random.Next(13);
        writer.Emit(Group, 0xF84D_0D04 | (uint)register << 12, $"PUSH.W {{R{register}}}");
        writer.StackPointer -= 4;
        register = random.Next(13);
        writer.Emit(Group, 0xF85D_0B04 | (uint)register << 12, $"POP.W {{R{register}}}");
        GiveBack(4);
    }

    private void FloatingPoint()
    {
        uint first = (uint)random.Next(16), count = (uint)random.Next(1, 17 - (int)first);
        bool wide = random.Next(2) == 0;
        uint words = wide ? 2 * count : count;
        uint fields = first << 12 | (wide ? 0xB00u : 0xA00u) | words;
        string registers = $"{(wide ? "D" : "S")}{(wide ? first : 2 * first)}, {count}";
        writer.Emit(Group, 0xED2D_0000 | fields, "VPUSH " + registers);
        writer.StackPointer -= 4 * words;
        if (random.Next(2) == 0) return;
        writer.Emit(Group, 0xECBD_0000 | fields, "VPOP " + registers);
        GiveBack(4 * words);
    }

    private void Adjust()
    {
        uint words = (uint)random.Next(128);
        writer.Emit(Group, 0xB000 | words, $"ADD SP, #{words}*4");
        GiveBack(4 * words);
    }

    private void ThroughRegister()
    {
        int register = random.Next(13);
        writer.Emit(Group, 0x4668 | (uint)(register & 7) | (uint)(register & 8) << 4, $"MOV R{register}, SP");
        writer.Emit(Group, 0x4685 | (uint)register << 3, $"MOV SP, R{register}");
    }

    private void GiveBack(uint bytes)
    {
        writer.StackPointer += bytes;
        writer.Reserve(bytes);
    }
}
