using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Build.Images;

/// <summary>
/// A DfuSe file, for our boot loader and for that in STM32 system memory: prefix, one target, an element for each image, suffix
/// (ST UM0391, DfuSe file format; USB DFU 1.1, appendix B, with bcdDFU 0x011A).
/// </summary>
static class DfuSe
{
    private const int PrefixSize = 11, TargetPrefixSize = 274, ElementHeaderSize = 8, SuffixSize = 16, NameSize = 255;
    private const ushort Vendor = 0x0483, Product = 0xDF11, AnyDevice = 0xFFFF, DfuSeVersion = 0x011A;

    public static byte[] Write(FlashImage image, string name) => WriteAll([image], name);

    /// <param name="images">An element each.</param>
    /// <param name="name">Of the target.</param>
    public static byte[] WriteAll(ReadOnlySpan<FlashImage> images, string name)
    {
        int elements = 0;
        foreach (FlashImage image in images) elements += ElementHeaderSize + image.Bytes.Length;
        int body = PrefixSize + TargetPrefixSize + elements;
        byte[] file = new byte[body + SuffixSize];
        Span<byte> at = file;
        "DfuSe\u0001"u8.CopyTo(at);
        BinaryPrimitives.WriteUInt32LittleEndian(at[6..], (uint)body);
        at[10] = 1;                                                                    // targets

        Span<byte> target = at[PrefixSize..];
        "Target"u8.CopyTo(target);
        target[6] = 0;                                                                 // alternate setting: internal flash
        BinaryPrimitives.WriteUInt32LittleEndian(target[7..], 1);                      // is named
        Encoding.ASCII.GetBytes(name.Length < NameSize ? name : name[..(NameSize - 1)]).CopyTo(target[11..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[266..], (uint)elements);
        BinaryPrimitives.WriteUInt32LittleEndian(target[270..], (uint)images.Length);

        Span<byte> element = target[TargetPrefixSize..];
        foreach (FlashImage image in images)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(element, image.Address);
            BinaryPrimitives.WriteUInt32LittleEndian(element[4..], (uint)image.Bytes.Length);
            image.Bytes.CopyTo(element[ElementHeaderSize..]);
            element = element[(ElementHeaderSize + image.Bytes.Length)..];
        }

        Span<byte> suffix = at[body..];
        BinaryPrimitives.WriteUInt16LittleEndian(suffix, AnyDevice);
        BinaryPrimitives.WriteUInt16LittleEndian(suffix[2..], Product);
        BinaryPrimitives.WriteUInt16LittleEndian(suffix[4..], Vendor);
        BinaryPrimitives.WriteUInt16LittleEndian(suffix[6..], DfuSeVersion);
        "UFD"u8.CopyTo(suffix[8..]);
        suffix[11] = SuffixSize;
        BinaryPrimitives.WriteUInt32LittleEndian(suffix[12..], Crc32.Raw(file.AsSpan(0, file.Length - 4)));
        return file;
    }
}
