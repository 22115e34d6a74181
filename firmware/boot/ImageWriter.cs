using System;
using SharpProbe.Flashing;

namespace SharpProbe.Booting;

/// <summary>
/// Puts a new application into flash so that the power may go at any moment: nothing is erased before the new image's header has been judged; its first 64 bytes are held back until all the rest is in
/// flash and its CRC is right, and then written with the half that holds the magic last. In between there is no valid application, and the boot loader waits.
/// </summary>
public sealed class ImageWriter(FlashDevice flash, ImagePlace place, ImageCheck check)
{
    private readonly byte[] _head = new byte[ImageHeader.HeadSize];
    private uint _next, _end;
    private uint _erased;                // a bit a sector that was erased for this image

    /// <summary>An image has begun and is not complete.</summary>
    public bool Unfinished => _next < _end;

    /// <summary>Bytes of the unfinished image that are in flash or held back.</summary>
    public uint Received => Unfinished ? _next - place.Start : 0;

    /// <summary>Something was erased for a new image: the old one is gone.</summary>
    public bool Begun { get; private set; }

    /// <summary>A whole image was written and found right.</summary>
    public bool Complete { get; private set; }

    /// <summary>Why an image was refused.</summary>
    public ImageVerdict Verdict { get; private set; }

    /// <summary>The header of the image that was begun, or refused, last.</summary>
    public ImageHeader Header { get; private set; }

    /// <summary>Writes the next piece of an image, which begins at the application's address; erases the sectors that it needs.</summary>
    public WriteResult Write(uint address, ReadOnlySpan<byte> data)
    {
        if (!Fits(address, data.Length)) return WriteResult.Outside;
        if (address == place.Start)
        {
            if (Begin(data) is not WriteResult.Ok and var refusal) return refusal;
        }
        else if (!Unfinished)
            return Complete && address == _end ? WriteResult.Trailing : WriteResult.OutOfOrder;
        else if (address != _next) return WriteResult.OutOfOrder;
        if ((uint)data.Length > _end - address) return Refuse(WriteResult.Trailing);
        if ((uint)data.Length % flash.ProgramUnit != 0) return Refuse(WriteResult.Uneven);
        WriteResult result = EraseFor(address, data.Length);
        if (result == WriteResult.Ok)
        {
            int skip = address == place.Start ? ImageHeader.HeadSize : 0;
            result = Program(address + (uint)skip, data[skip..]);
        }
        if (result != WriteResult.Ok) return Refuse(result);
        _next = address + (uint)data.Length;
        return _next == _end ? Finish() : WriteResult.Ok;
    }

    /// <summary>How long <see cref="Write"/> will take, in ms.</summary>
    public uint Milliseconds(uint address, int length)
    {
        if (!Fits(address, length)) return 0;
        uint total = 1 + (uint)length / flash.ProgramUnit * place.ProgramMicroseconds / 1000;
        uint erased = address == place.Start ? 0 : _erased;
        for (int i = 0; i < flash.SectorCount; i++)
        {
            FlashSector sector = flash.Sector(i);
            if (Touches(sector, address, length) && (erased >> i & 1) == 0) total += sector.EraseMilliseconds;
        }
        return total;
    }

    private bool Fits(uint address, int length) => place.Holds(address) && (uint)length <= place.End - address;

    private WriteResult Begin(ReadOnlySpan<byte> data)
    {
        (_next, _end) = (0, 0);
        Verdict = ImageVerdict.NoImage;
        if (data.Length < ImageHeader.HeadSize) return WriteResult.BadImage;
        Header = new(data);
        Verdict = check.Judge(Header);
        if (Verdict != ImageVerdict.Good) return WriteResult.BadImage;
        (_erased, Complete) = (0, false);
        data[..ImageHeader.HeadSize].CopyTo(_head);
        (_next, _end) = (place.Start, place.Start + Header.Length);
        return WriteResult.Ok;
    }

    private WriteResult EraseFor(uint address, int length)
    {
        for (int i = 0; i < flash.SectorCount; i++)
        {
            if (!Touches(flash.Sector(i), address, length) || (_erased >> i & 1) != 0) continue;
            Begun = true;
            FlashResult result = flash.Erase(i);
            if (result == FlashResult.WriteProtected) return WriteResult.WriteProtected;
            if (result != FlashResult.Ok) return WriteResult.EraseFailed;
            _erased |= 1u << i;
        }
        return WriteResult.Ok;
    }

    private static bool Touches(in FlashSector sector, uint address, int length) => address < sector.End && address + (uint)length > sector.Address;

    private WriteResult Finish()
    {
        Verdict = check.Whole(_head);
        if (Verdict != ImageVerdict.Good) return Refuse(WriteResult.BadImage);
        const int half = ImageHeader.HeadSize / 2;
        WriteResult result = Program(place.Start + half, _head.AsSpan(half));
        if (result == WriteResult.Ok) result = Program(place.Start, _head.AsSpan(0, half));
        if (result != WriteResult.Ok) return Refuse(result);
        Complete = true;
        return WriteResult.Ok;
    }

    private WriteResult Program(uint address, ReadOnlySpan<byte> data) => data.IsEmpty ? WriteResult.Ok : flash.Program(address, data) switch
    {
        FlashResult.Ok => WriteResult.Ok,
        FlashResult.WriteProtected => WriteResult.WriteProtected,
        FlashResult.VerifyFailed => WriteResult.VerifyFailed,
        _ => WriteResult.ProgramFailed,
    };

    /// <summary>This image ends here: the next must begin anew.</summary>
    private WriteResult Refuse(WriteResult why)
    {
        (_next, _end) = (0, 0);
        return why;
    }
}
