namespace SharpProbe.Sim.Qemu;

/// <summary>
/// Instructions that raise exceptions on purpose: calls, undefined and misaligned ones, accesses to nowhere, pended interrupts, from thread mode on either
/// stack, privileged or not. <see cref="ExceptionHandler"/> logs each and goes on behind the unit.
/// </summary>
internal sealed class ExceptionUnits(Random random, BlockWriter writer, BlockGenerator generator)
{
    private const string Group = "exception";
    private const uint Shcsr = 0xE000_ED24, Ccr = 0xE000_ED14, Icsr = 0xE000_ED04, Cpacr = 0xE000_ED88;
    private const uint CcrNormal = 0x200, CcrDivide = 0x210, CcrUnaligned = 0x208, PendSvSet = 1 << 28, FullAccess = 0xF0_0000;
    private const uint Nowhere = 0x9000_0000, NeverCode = 0xA000_0000;

    // A new floating-point context takes FPSCR<26:22> from FPDSCR and leaves the rest (ExecuteFPCheck()); QEMU 7.2 clears the rest.
    // So wherever one begins, the rest is zero before.
    private const uint ContextDefaults = 0x07C0_0000;

    private int Register => random.Next(13);

    public void Emit()
    {
        int kind = random.Next(14);
        int pointer = Register, value = (pointer + random.Next(1, 13)) % 13;
        if (random.Next(3) == 0) Store(pointer, value, Shcsr, (uint)random.Next(8) << 16);
        if (kind == 13 && !writer.HasFpu) kind = 0;
        if (kind == 13)
        {
            WithoutFpu(pointer, value);
            return;
        }
        uint ccr = kind switch { 4 => CcrDivide, 6 => CcrUnaligned, _ => CcrNormal };
        if (ccr != CcrNormal) Store(pointer, value, Ccr, ccr);
        bool useFpu = writer.HasFpu && random.Next(3) == 0, control = kind is 10 or 11;
        if (writer.HasFpu && (useFpu || control)) Status(value, TestValues.Status(random) & ContextDefaults);
        var resume = Expect(pointer, value, useFpu);
        Trouble(kind, pointer, value, useFpu);
        writer.Fill(resume, writer.Address);
        if (control)
        {
            Control(value, 0);
            if (writer.HasFpu) Status(value, TestValues.Status(random));
        }
        if (ccr != CcrNormal) Store(pointer, value, Ccr, CcrNormal);
        Store(pointer, value, TestLayout.Cells, 0);   // where a condition failed, nothing has happened
    }

    private void Store(int pointer, int value, uint address, uint content)
    {
        writer.Set(pointer, address);
        writer.Set(value, content);
        writer.Emit("", 0xF8C0_0000 | (uint)pointer << 16 | (uint)value << 12, $"STR.W R{value}, [R{pointer}]");
        writer.Emit("", 0xF3BF_8F4F, "DSB");
        writer.Emit("", 0xF3BF_8F6F, "ISB");
    }

    private void Status(int register, uint value)
    {
        writer.Set(register, value);
        writer.Emit("float move", 0xEEE1_0A10 | (uint)register << 12, $"VMSR FPSCR, R{register}");
    }

    /// <summary>Fills the handler's cells. FAULTMASK would turn any fault into lockup.</summary>
    private (int, int, int) Expect(int pointer, int value, bool useFpu)
    {
        writer.Set(pointer, TestLayout.Cells);
        writer.Set(value, useFpu ? 1u : 0);
        writer.Emit("", 0xF8C0_0008 | (uint)pointer << 16 | (uint)value << 12, $"STR.W R{value}, [R{pointer}, #8]");
        var resume = writer.SetLater(value);
        writer.Emit("", 0xF8C0_0000 | (uint)pointer << 16 | (uint)value << 12, $"STR.W R{value}, [R{pointer}]");
        writer.Emit("system", 0xB661, "CPSIE f");
        return resume;
    }

    private void Trouble(int kind, int pointer, int value, bool useFpu)
    {
        uint p = (uint)pointer, v = (uint)value;
        switch (kind)
        {
            case 0: Call(); break;
            case 1:
                if (random.Next(2) == 0) writer.Emit(Group, 0xDE00 | (uint)random.Next(256), "UDF");
                else writer.Emit(Group, 0xF7F0_A000 | (uint)random.Next(4096), "UDF.W");
                break;
            case 2:
                // Any coprocessor but 10 and 11 is absent (A5.3.18).
                uint coprocessor = (uint)random.Next(10);
                if (random.Next(2) == 0) writer.Emit(Group, 0xEE00_0000 | coprocessor << 8, $"CDP P{coprocessor}");
                else writer.Emit(Group, 0xEE00_0010 | coprocessor << 8 | v << 12, $"MCR P{coprocessor}, R{value}");
                break;
            case 3:
                // Bit 0 clear: not Thumb, INVSTATE (B1.5.14). A multiple of 4, since QEMU 7.2 says UNALIGNED otherwise.
                writer.Set(value, (writer.Address + 8 + 4) & ~3u);
                writer.Emit(Group, (random.Next(2) == 0 ? 0x4700u : 0x4780) | v << 3, $"BX/BLX R{value}, even");
                break;
            case 4:
                writer.Set(value, 0);
                writer.Emit("", 0xF3BF_8F6F, "ISB");   // QEMU 7.2 stacks registers as they were when its translation block began
                writer.Emit(Group, 0xFB90_F0F0 | (uint)random.Next(2) << 21 | p << 16 | (uint)Register << 8 | v, $"SDIV/UDIV by R{value} = 0");
                break;
            case 5: Misaligned(pointer, value); break;
            case 6:
                writer.Set(pointer, generator.Address(8, 4, true) + 1);
                uint[] transfers = [0xF8D0_0000, 0xF8B0_0000, 0xF9B0_0000, 0xF8C0_0000, 0xF8A0_0000];
                writer.Emit(Group, transfers[random.Next(transfers.Length)] | p << 16 | v << 12, $"LDR/STR R{value}, [R{pointer}], trapped");
                break;
            case 7:
                // Aligned: BFAR is the address that the instruction asked for (B3.2.18), in QEMU the aligned one below it.
                writer.Set(pointer, Nowhere + (uint)random.Next(0x400_0000) * 4);
                uint[] loads = [0xF8D0_0000, 0xF890_0000, 0xF9B0_0000, 0xF8B0_0000];
                writer.Emit(Group, loads[random.Next(loads.Length)] | p << 16 | v << 12, $"LDR R{value}, [R{pointer}] from nowhere");
                break;
            case 8:
                writer.Set(value, (random.Next(2) == 0 ? Nowhere : NeverCode) + (uint)random.Next(0x1000) * 2 | 1);
                writer.Emit(Group, 0x4700 | v << 3, $"BX R{value} to nowhere");
                break;
            case 9:
                writer.Emit("system", 0xB672, "CPSID i");
                writer.Set(pointer, Icsr);
                writer.Set(value, PendSvSet);
                writer.Emit(Group, 0xF8C0_0000 | p << 16 | v << 12, "STR ICSR, PENDSVSET");
                writer.Emit("system", 0xF3BF_8F4F, "DSB");
                writer.Emit("system", 0xB662, "CPSIE i");
                break;
            case 10: OnProcessStack(value, useFpu); break;
            case 11: Unprivileged(value, useFpu); break;
            default: InIt(useFpu); break;
        }
    }

    private void Call() => writer.Emit(Group, 0xDF00 | (uint)random.Next(256), "SVC");

    /// <summary>What needs alignment whatever CCR says (A3.2.1).</summary>
    private void Misaligned(int pointer, int value)
    {
        uint p = (uint)pointer << 16, t = (uint)value << 12, other = (uint)((value + 1) % 13) << 8;
        writer.Set(pointer, generator.Address(64, 4, true) + (uint)random.Next(1, 4));
        (uint Opcode, string Name)[] choices =
        [
            (0xE9D0_0000 | p | t | other, "LDRD"), (0xE9C0_0000 | p | t | other, "STRD"), (0xE890_00F0 | p, "LDM"), (0xE880_00F0 | p, "STM"),
            (0xE850_0F00 | p | t, "LDREX"), (0xED90_0A00 | p | t, "VLDR"), (0xED80_0B00 | p | t, "VSTR"), (0xEC90_0B04 | p, "VLDM"),
        ];
        var (opcode, name) = choices[random.Next(choices.Length)];
        writer.Emit(Group, opcode, $"{name} [R{pointer}], misaligned");
    }

    /// <summary>CONTROL written whole: SPSEL set, FPCA clear, so that the frame is a short one unless the FPU is used again.</summary>
    private void OnProcessStack(int value, bool useFpu)
    {
        writer.Set(value, generator.Address(256, 4, true) / 4 * 4 + 128);
        writer.Emit("system", 0xF380_8809 | (uint)value << 16, $"MSR PSP, R{value}");
        Control(value, 2);
        if (random.Next(2) == 0) Filler(useFpu);
        Call();
    }

    private void Unprivileged(int value, bool useFpu)
    {
        Control(value, 1);
        for (int i = random.Next(3); i > 0; i--) Filler(useFpu, privileged: false);
        Call();
    }

    private void Control(int value, uint content)
    {
        writer.Set(value, content);
        writer.Emit("system", 0xF380_8814 | (uint)value << 16, $"MSR CONTROL, R{value}");
        writer.Emit("system", 0xF3BF_8F6F, "ISB");
    }

    /// <summary>
    /// An instruction that needs nothing prepared; no floating-point one if the handler is to begin a context, and none that could set FAULTMASK,
    /// which would turn the exception into lockup.
    /// </summary>
    private void Filler(bool useFpu, bool inIt = false, bool privileged = true)
    {
        (Encoding Row, uint Opcode) chosen;
        do chosen = generator.Simple(inIt);
        while (privileged && chosen.Row.Group == "system" || useFpu && chosen.Row.Group.StartsWith("float", StringComparison.Ordinal));
        writer.Emit(chosen.Row, chosen.Opcode);
    }

    private void InIt(bool useFpu)
    {
        uint condition = (uint)random.Next(14);
        writer.Emit("IT", 0xBF00 | condition << 4 | 2 | (condition & 1 ^ (uint)random.Next(2)) << 3 | (condition & 1) << 2, $"IT cond={condition}, three");
        for (int i = 0; i < 3; i++)
        {
            if (i == 1)
            {
                if (random.Next(2) == 0) Call();
                else writer.Emit(Group, 0xDE00, "UDF");
                continue;
            }
            Filler(useFpu, inIt: true);
        }
    }

    /// <summary>CPACR denies access: NOCP, and no FPU in the handler.</summary>
    private void WithoutFpu(int pointer, int value)
    {
        Store(pointer, value, Cpacr, 0);
        var resume = Expect(pointer, value, useFpu: false);
        writer.Emit(Group, random.Next(2) == 0 ? 0xEE30_0A81u : 0xEEF1_0A10, "VADD or VMRS without access");
        writer.Fill(resume, writer.Address);
        Store(pointer, value, Cpacr, FullAccess);
        Store(pointer, value, TestLayout.Cells, 0);
    }
}
