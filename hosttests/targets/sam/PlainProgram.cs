namespace SharpProbe.Tests.Targets.Sam;

/// <summary>A program that counts in r2 for ever and needs nothing but flash and RAM, for a target by name.</summary>
/// <param name="Name">On the bench.</param>
/// <param name="Flash">Address.</param>
/// <param name="Ram">Address.</param>
internal sealed record PlainProgram(string Name, uint Flash, uint Ram)
{
    public static IReadOnlyList<PlainProgram> All { get; } =
    [
        new("samd21", 0, 0x2000_0000),
        new("same54", 0, 0x2000_0000),
        new("sam4s", 0x0040_0000, 0x2000_0000),
        new("sam3x", 0x0008_0000, 0x2000_0000),
        new("same70", 0x0040_0000, 0x2040_0000),
        new("efm32gg", 0, 0x2000_0000),
        new("efm32hg", 0, 0x2000_0000),
        new("efr32mg12", 0, 0x2000_0000),
        new("efr32mg22", 0, 0x2000_0000),
    ];

    public static TheoryData<string> Names => [.. All.Select(p => p.Name)];

    /// <summary>Where no other is listed, in the places of an STM32.</summary>
    public static PlainProgram Of(string name) => All.FirstOrDefault(p => p.Name == name) ?? new(name, 0x0800_0000, 0x2000_0000);

    /// <summary>Its first instruction; the loop begins 4 bytes behind.</summary>
    public uint Start => Flash + 0x100;
    public uint Loop => Start + 4;

    /// <summary>So many bytes of flash; behind the program are random ones.</summary>
    public byte[] Image(int size)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x200).Clear();
        BitConverter.TryWriteBytes(image, Ram + 0x1000);
        for (int n = 1; n < 64; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), Start | 1);
        // nop; movs r2, #0; adds r2, #1; b .-2
        ushort[] code = [0x46C0, 0x2200, 0x3201, 0xE7FD];
        for (int i = 0; i < code.Length; i++) BitConverter.TryWriteBytes(image.AsSpan(0x100 + i * 2), code[i]);
        return image;
    }
}
