namespace SharpProbe.Sim.Qemu;

/// <summary>What lies at address 0 of both machines: vectors, the exception handler, and code that enables the FPU.</summary>
public static class StartUpImage
{
    public static byte[] Bytes { get; } = Make();

    private static byte[] Make()
    {
        var image = new byte[0x800];
        BitConverter.TryWriteBytes(image, TestLayout.LogTop);
        BitConverter.TryWriteBytes(image.AsSpan(4), TestLayout.StartUp | 1);
        for (int vector = 2; vector < 0x100; vector++) BitConverter.TryWriteBytes(image.AsSpan(4 * vector), (vector == 2 ? TestLayout.FaultHandler : TestLayout.Handler) | 1);
        ExceptionHandler.Code.CopyTo(image.AsSpan((int)TestLayout.Handler));
        Place(TestLayout.End, 0xE7FE);
        var writer = new BlockWriter(TestLayout.StartUp);
        writer.Set(0, 0xE000_ED88);   // CPACR: full access to CP10 and CP11 (B3.2.20)
        writer.Set(1, 0x00F0_0000);
        writer.Emit("", 0x6001, "STR R1, [R0]");
        writer.Emit("", 0xF3BF_8F4F, "DSB");
        writer.Emit("", 0xF3BF_8F6F, "ISB");
        writer.Set(0, TestLayout.End | 1);
        writer.Emit("", 0x4700, "BX R0");
        writer.Code.CopyTo(image.AsSpan((int)TestLayout.StartUp));
        return image;

        void Place(uint address, ushort opcode) => BitConverter.TryWriteBytes(image.AsSpan((int)address), opcode);
    }
}
