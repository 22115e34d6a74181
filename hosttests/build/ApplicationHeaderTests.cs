using System.Buffers.Binary;
using SharpProbe.Build;
using SharpProbe.Build.Images;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.Build;

/// <summary>The header of the four boards' applications, as ./build.sh firmware left them.</summary>
public class ApplicationHeaderTests
{
    public static TheoryData<string, byte, uint> Boards => new()
    {
        { "stlinkv3mini", 1, 0x0801_0000 }, { "pybd_sf2", 2, 0x0801_0000 }, { "devebox_h743", 3, 0x0802_0000 }, { "devebox_h750", 4, 0x0802_0000 },
    };

    [Theory, MemberData(nameof(Boards))]
    public void Length_CRC_board_and_version_are_those_of_the_image(string board, byte id, uint address)
    {
        string elf = BootedBoard.Firmware(board);
        byte[] image = File.ReadAllBytes(Path.ChangeExtension(elf, ".bin"));
        uint Word(int n) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(4 * n));
        Assert.Equal("SPAP"u8, image.AsSpan(0x1C, 4));
        Assert.Equal((uint)image.Length, Word(8));
        Assert.Equal(0, image.Length % 32);
        Assert.Equal(id | ApplicationHeader.Version(ApplicationHeader.ProductVersion) << 8, Word(10));
        Assert.InRange(Word(1), address, address + (uint)image.Length);
        uint crc = Word(9);
        image.AsSpan(0x24, 4).Clear();
        Assert.Equal(crc, Crc32.Of(image));
    }

    [Theory, MemberData(nameof(Boards))]
    public void Every_file_has_the_header_and_the_address(string board, byte id, uint address)
    {
        Assert.NotEqual(0, id);
        string elf = BootedBoard.Firmware(board);
        byte[] image = File.ReadAllBytes(Path.ChangeExtension(elf, ".bin")), dfu = File.ReadAllBytes(Path.ChangeExtension(elf, ".dfu"));
        FlashImage linked = FlashImage.From(SharpProbe.Build.Elf.ElfObject.Read(elf));
        Assert.Equal(address, linked.Address);
        Assert.Equal(image, linked.Bytes);
        Assert.Equal(address, BinaryPrimitives.ReadUInt32LittleEndian(dfu.AsSpan(285)));
        Assert.Equal(image, dfu[293..^16]);
        Assert.Equal(IntelHex.Write(linked), File.ReadAllText(Path.ChangeExtension(elf, ".hex")));
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.2.x")]
    public void A_version_that_does_not_fit_is_a_build_error(string text) => Assert.Throws<BuildError>(() => ApplicationHeader.Version(text));

    [Fact]
    public void The_CRC_is_the_common_one() => Assert.Equal(0xCBF4_3926, Crc32.Of("123456789"u8));
}
