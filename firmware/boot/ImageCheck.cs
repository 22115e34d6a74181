using System;
using SharpProbe.Flashing;

namespace SharpProbe.Booting;

/// <summary>Decides whether an image may run.</summary>
public sealed class ImageCheck(FlashDevice flash, ImagePlace place)
{
    private const uint RamStart = 0x2000_0000, RamEnd = 0x2010_0000;

    private readonly ImageCrc _crc = new();
    private readonly byte[] _buffer = new byte[1024];

    /// <summary>What the flash holds.</summary>
    public ImageVerdict Installed()
    {
        Span<byte> head = stackalloc byte[ImageHeader.HeadSize];
        return flash.Read(place.Start, head) ? Whole(head) : ImageVerdict.Unreadable;
    }

    /// <summary>An image whose first bytes are given, the rest in flash.</summary>
    public ImageVerdict Whole(ReadOnlySpan<byte> head)
    {
        var header = new ImageHeader(head);
        ImageVerdict verdict = Judge(header);
        if (verdict != ImageVerdict.Good) return verdict;
        Span<byte> first = stackalloc byte[ImageHeader.HeadSize];
        head.CopyTo(first);
        first.Slice(ImageHeader.CrcOffset, 4).Clear();
        uint crc = _crc.Add(ImageCrc.Start, first), at = place.Start + ImageHeader.HeadSize, end = place.Start + header.Length;
        while (at < end)
        {
            Span<byte> part = _buffer.AsSpan(0, (int)Math.Min((uint)_buffer.Length, end - at));
            if (!flash.Read(at, part)) return ImageVerdict.Unreadable;
            crc = _crc.Add(crc, part);
            at += (uint)part.Length;
        }
        return ImageCrc.Finish(crc) == header.Crc ? ImageVerdict.Good : ImageVerdict.BadCrc;
    }

    /// <summary>All that can be said without reading the image.</summary>
    public ImageVerdict Judge(in ImageHeader header)
    {
        if (!header.HasMagic) return ImageVerdict.NoImage;
        if (header.Board != place.Board) return ImageVerdict.OtherBoard;
        if (header.Version is 0 or 0xFF_FFFF) return ImageVerdict.BadVersion;
        if (header.Length <= ImageHeader.HeadSize || header.Length % ImageHeader.LengthUnit != 0) return ImageVerdict.BadLength;
        if (header.Length > place.Size) return ImageVerdict.TooLong;
        bool stack = header.StackTop is > RamStart and <= RamEnd && (header.StackTop & 7) == 0;
        bool reset = (header.Reset & 1) != 0 && header.Reset >= place.Start + ImageHeader.HeadSize && header.Reset < place.Start + header.Length;
        return stack && reset ? ImageVerdict.Good : ImageVerdict.BadVectors;
    }
}
