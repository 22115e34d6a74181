using System.Buffers.Binary;
using System.Text.RegularExpressions;
using SharpProbe.Build.Elf;

namespace SharpProbe.Build.Images;

/// <summary>
/// What the boot loader knows an application by: words 7 to 10 of its vector table, which the architecture reserves (DDI 0403E, B1.5.2).
/// Word 7 magic, 8 length in bytes, 9 CRC-32 over the image with this word as 0, 10 board id and version.
/// </summary>
static partial class ApplicationHeader
{
    public const uint Magic = 0x50415053;                                              // "SPAP"
    public const int Offset = 0x1C, Size = 16, LengthUnit = 32;

    /// <summary>Writes the header into the ELF file.</summary>
    /// <param name="version">"0.1.0".</param>
    public static void Fill(string elfFile, string version)
    {
        ElfObject elf = ElfObject.Read(elfFile);
        uint board = elf.Symbols.Find(symbol => symbol.Name == "__board_id")?.Value ?? throw new BuildError($"{elfFile}: the board's memory.ld has no __board_id");
        FlashImage image = FlashImage.From(elf);
        if (image.Bytes.Length % LengthUnit != 0) throw new BuildError($"{elfFile}: {image.Bytes.Length} bytes are no multiple of {LengthUnit}");
        Span<byte> header = image.Bytes.AsSpan(Offset, Size);
        if (header.ContainsAnyExcept((byte)0)) throw new BuildError($"{elfFile}: words 7 to 10 of the vector table are not free");
        Word(header, Magic);
        Word(header[4..], (uint)image.Bytes.Length);
        Word(header[12..], board & 0xFF | Version(version) << 8);
        Word(header[8..], Crc32.Of(image.Bytes));

        byte[] file = File.ReadAllBytes(elfFile);
        header.CopyTo(file.AsSpan((int)elf.FileOffset(image.Address) + Offset));
        File.WriteAllBytes(elfFile, file);
    }

    /// <summary>firmware/app/Product.cs has the version.</summary>
    public static string ProductVersion => SourceVersion().Match(File.ReadAllText(Repository.At("firmware", "app", "Product.cs"))) is { Success: true } match
        ? match.Groups[1].Value : throw new BuildError("firmware/app/Product.cs has no Version");

    /// <summary>"1.2.3" as 0x010203.</summary>
    public static uint Version(string text)
    {
        Match match = ThreeNumbers().Match(text);
        if (!match.Success) throw new BuildError($"\"{text}\" is no version of three numbers up to 255");
        return (uint)(byte.Parse(match.Groups[1].Value) << 16 | byte.Parse(match.Groups[2].Value) << 8 | byte.Parse(match.Groups[3].Value));
    }

    private static void Word(Span<byte> at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(at, value);

    [GeneratedRegex(@"Version => ""([^""]+)""u8")]
    private static partial Regex SourceVersion();

    [GeneratedRegex(@"^(\d{1,3})\.(\d{1,3})\.(\d{1,3})$")]
    private static partial Regex ThreeNumbers();
}
