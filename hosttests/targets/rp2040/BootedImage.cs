namespace SharpProbe.Tests.Targets.Rp2040;

/// <summary>What an RP2040's flash must hold for its boot ROM to start it: a boot stage of 256 bytes that makes the flash readable and goes to the program's vectors behind it, with its checksum.</summary>
internal static class BootedImage
{
    public const uint Vectors = 0x1000_0100, Start = 0x1000_0200;
    private const int Stage = 256;

    // ldr r0, =XIP_SSI; movs r1, #0; str r1, [r0, #SSIENR]; ldr r1, =CTRLR0; str r1, [r0]; movs r1, #4; str r1, [r0, #BAUDR]; adds r0, #SPI_CTRLR0; ldr r1, =read command; str r1, [r0];
    // subs r0, #SPI_CTRLR0; movs r1, #1; str r1, [r0, #SER]; str r1, [r0, #SSIENR]; ldr r0, =vectors; ldr r1, =VTOR; str r0, [r1]; ldr r1, [r0]; msr msp, r1; ldr r1, [r0, #4]; bx r1
    private static readonly ushort[] s_stage = 
    [
        0x480A, 0x2100, 0x6081, 0x490A, 0x6001, 0x2104, 0x6141, 0x30F4, 0x4908, 0x6001, 0x38F4, 0x2101, 0x6101, 0x6081, 0x4806, 0x4907, 0x6008, 0x6801, 0xF381, 0x8808, 0x6841, 0x4708, 0x0000, 0x1800,
        0x0300, 0x001F, 0x0218, 0x0300, 0x0100, 0x1000, 0xED08, 0xE000,
    ];

    /// <summary>A whole image for 0x10000000: the program's code is at <see cref="Start"/>, its stack ends at 0x20001000, every exception goes to its first instruction.</summary>
    public static byte[] Of(ReadOnlySpan<ushort> program, int size)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x400).Clear();
        for (int i = 0; i < s_stage.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(i * 2), s_stage[i]);
        BitConverter.TryWriteBytes(image.AsSpan(Stage - 4), Checksum(image.AsSpan(0, Stage - 4)));
        BitConverter.TryWriteBytes(image.AsSpan(Stage), 0x2000_1000u);
        for (int n = 1; n < 48; n++) BitConverter.TryWriteBytes(image.AsSpan(Stage + n * 4), Start | 1);
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x200 + i * 2), program[i]);
        return image;
    }

    /// <summary>CRC-32 with the polynomial 0x04C11DB7, highest bit first, starting with ones (datasheet 2.8.1.3.1).</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            sum ^= (uint)b << 24;
            for (int i = 0; i < 8; i++) sum = sum << 1 ^ (sum >> 31) * 0x04C1_1DB7;
        }
        return sum;
    }
}
