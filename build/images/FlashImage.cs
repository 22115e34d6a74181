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
}
