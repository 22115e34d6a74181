using System.Buffers.Binary;

namespace SharpProbe.Sim.Boards;

/// <summary>Unique device identifier and flash size as the factory writes them: lot and wafer in ASCII, so bytes as real parts have.</summary>
internal static class Identity
{
    /// <param name="third">Bytes from the unique id to its third word.</param>
    public static void Write(MemoryRegion region, uint uid, uint sizeAddress, uint kilobytes, uint third = 8)
    {
        ReadOnlySpan<byte> id = [0x2A, 0x00, 0x1F, 0x00, 0x0B, 0x51, 0x33, 0x32, 0x36, 0x37, 0x30, 0x39];
        id[..8].CopyTo(region.Span[(int)(uid - region.Address)..]);
        id[8..].CopyTo(region.Span[(int)(uid + third - region.Address)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(region.Span[(int)(sizeAddress - region.Address)..], (ushort)kilobytes);
    }
}
