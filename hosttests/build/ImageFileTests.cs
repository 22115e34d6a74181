using SharpProbe.Build;
using SharpProbe.Build.Images;

namespace SharpProbe.Tests.Build;

/// <summary>The written files against the tools that read them.</summary>
public class ImageFileTests(BuiltImage built) : IClassFixture<BuiltImage>
{
    [Fact]
    public void The_binary_is_what_objcopy_makes_of_the_elf()
    {
        string file = Path.GetTempFileName();
        Assert.Equal(0, Shell.Capture("arm-none-eabi-objcopy", ["-O", "binary", "--gap-fill", "0xFF", built.Elf, file]).ExitCode);
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(built.Base + ".bin"));
        File.Delete(file);
    }

    [Theory]
    [InlineData(0x08000000u, 100)]
    [InlineData(0x0800FFF8u, 40)]                 // across a 64 KiB border
    [InlineData(0x08000003u, 200_000)]
    public void Objcopy_reads_back_the_hex_file(uint address, int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        string hex = Path.GetTempFileName(), binary = Path.GetTempFileName();
        File.WriteAllText(hex, IntelHex.Write(new FlashImage(address, bytes, address)));
        ShellResult result = Shell.Capture("arm-none-eabi-objcopy", ["-I", "ihex", "-O", "binary", hex, binary]);
        Assert.Equal("", result.Text);
        Assert.Equal(bytes, File.ReadAllBytes(binary));
        File.Delete(hex);
        File.Delete(binary);
    }

    [Fact]
    public void Objdump_finds_the_load_address_of_the_hex_file()
    {
        string hex = Path.GetTempFileName();
        File.WriteAllText(hex, IntelHex.Write(new FlashImage(0x08020000, new byte[64], 0x08020001)));
        Assert.Contains("start address 0x08020001", Shell.Capture("arm-none-eabi-objdump", ["-f", "-b", "ihex", hex]).Text);
        File.Delete(hex);
    }

    [Fact]
    public void Dfu_suffix_accepts_the_dfu_file()
    {
        ShellResult result = Shell.Capture("dfu-suffix", ["-c", built.Base + ".dfu"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("BCD DFU:\t0x011A", result.Text);
        Assert.Contains("Vendor ID:\t0x0483", result.Text);
        Assert.Contains("Product ID:\t0xDF11", result.Text);
    }

    [Fact]
    public void Dfu_suffix_rejects_the_dfu_file_with_one_bit_changed()
    {
        string file = Path.GetTempFileName();
        byte[] bytes = File.ReadAllBytes(built.Base + ".dfu");
        bytes[400] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.NotEqual(0, Shell.Capture("dfu-suffix", ["-c", file]).ExitCode);
        File.Delete(file);
    }

    [Fact]
    public void The_dfu_file_holds_the_flash_image_as_its_one_element()
    {
        byte[] file = File.ReadAllBytes(built.Base + ".dfu"), image = File.ReadAllBytes(built.Base + ".bin");
        Assert.Equal((uint)(file.Length - 16), BitConverter.ToUInt32(file, 6));
        Assert.Equal((uint)(image.Length + 8), BitConverter.ToUInt32(file, 11 + 266));
        Assert.Equal(image, file.AsSpan(11 + 274 + 8, image.Length).ToArray());
    }
}
