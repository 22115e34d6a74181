namespace SharpProbe.Tests.Targets;

/// <summary>A program for any STM32 with a Cortex-M3 or M4: it counts in r2 for ever, with the FPU on where there is one. Its loop begins 12 bytes after its first instruction, at 0x100.</summary>
internal static class CountingProgram
{
    private const uint Flash = 0x0800_0000;

    /// <summary>So many bytes of flash; behind the program are random ones.</summary>
    public static byte[] Image(int size, bool hasFpu, uint flash = Flash)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x200).Clear();
        void Word(int at, uint value) => BitConverter.TryWriteBytes(image.AsSpan(at), value);
        Word(0, 0x2000_1000);
        for (int n = 1; n < 64; n++) Word(n * 4, flash + 0x100 | 1);
        // LDR r0, =SCB_CPACR; LDR r1, [r0]; MOVS r2, #15; LSLS r2, #20; ORRS r1, r2; STR r1, [r0]; ADDS r2, #1; B .-2. Without FPU, NOPs.
        ushort[] code = hasFpu ? [0x4803, 0x6801, 0x220F, 0x0512, 0x4311, 0x6001, 0x3201, 0xE7FD] : [0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x46C0, 0x3201, 0xE7FD];
        for (int i = 0; i < code.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x100 + i * 2), code[i]);
        Word(0x110, 0xE000_ED88);
        return image;
    }
}
