using SharpProbe.Build.Elf;

namespace SharpProbe.Build.Images;

/// <summary>What goes into flash: one block from the lowest load address on, gaps filled with 0xFF as erased flash is.</summary>
sealed record FlashImage(uint Address, byte[] Bytes, uint Entry)
{
    public static FlashImage From(ElfObject elf)
    {
        var segments = elf.Segments.OrderBy(segment => segment.Address).ToList();
        uint start = segments[0].Address, end = segments.Max(segment => segment.Address + (uint)segment.Bytes.Length);
        byte[] bytes = new byte[end - start];
        Array.Fill(bytes, (byte)0xFF);
        foreach ((uint address, byte[] data) in segments) data.CopyTo(bytes, address - start);
        return new FlashImage(start, bytes, elf.Entry);
    }

    /// <summary>Two images that do not overlap as one, which starts with the first.</summary>
    public static FlashImage Join(FlashImage first, FlashImage second)
    {
        uint at = second.Address - first.Address;
        if (second.Address < first.Address + first.Bytes.Length) throw new BuildError($"an image for 0x{second.Address:X8} overlaps one for 0x{first.Address:X8}");
        byte[] bytes = new byte[at + second.Bytes.Length];
        Array.Fill(bytes, (byte)0xFF);
        first.Bytes.CopyTo(bytes, 0);
        second.Bytes.CopyTo(bytes, at);
        return first with { Bytes = bytes };
    }
}
