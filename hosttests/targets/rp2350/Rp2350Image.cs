namespace SharpProbe.Tests.Targets.Rp2350;

/// <summary>What an RP2350's flash must hold for its boot ROM to start it: vectors at its beginning and an image definition in its first 4 KB (RP2350 datasheet 5.9.5.1).</summary>
internal static class Rp2350Image
{
    public const uint Start = 0x1000_0200;
    private const int Definition = 0x140;

    private static readonly uint[] s_definition = [0xFFFF_DED3, 0x1021_0142, 0x0000_01FF, 0, 0xAB12_3579];

    /// <summary>A whole image for 0x10000000: the program's code is at <see cref="Start"/>, its stack ends at 0x20001000, every exception goes to its first instruction.</summary>
    public static byte[] Of(ReadOnlySpan<ushort> program, int size)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x400).Clear();
        BitConverter.TryWriteBytes(image, 0x2000_1000u);
        for (int n = 1; n < 68; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), Start | 1);
        for (int i = 0; i < s_definition.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(Definition + i * 4), s_definition[i]);
        for (int i = 0; i < program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x200 + i * 2), program[i]);
        return image;
    }
}
