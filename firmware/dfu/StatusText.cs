using System;
using SharpProbe.Booting;
using SharpProbe.Io;

namespace SharpProbe.Dfu;

/// <summary>What went wrong, in words: the string behind GETSTATUS's iString.</summary>
public static class StatusText
{
    /// <summary>Bytes of the longest.</summary>
    public const int Capacity = 120;

    public static void Write(WriteResult result, ImageWriter writer, ImagePlace place, uint address, ref ByteWriter to)
    {
        switch (result)
        {
            case WriteResult.Ok:
                to.Write("no error"u8);
                break;
            case WriteResult.BadImage:
                Write(writer.Verdict, writer.Header, place, ref to);
                break;
            case WriteResult.Outside:
                to.WriteAddress(address);
                to.Write(" is not the application's: that is "u8);
                to.WriteAddress(place.Start);
                to.Write(" to "u8);
                to.WriteAddress(place.End - 1);
                break;
            case WriteResult.OutOfOrder:
                to.Write("out of order at "u8);
                to.WriteAddress(address);
                to.Write(": an image begins at "u8);
                to.WriteAddress(place.Start);
                to.Write(" and has no gaps"u8);
                break;
            case WriteResult.Trailing:
                to.Write("more bytes than the image's header says: "u8);
                to.WriteDecimal(writer.Header.Length);
                break;
            default:
                to.Write(result switch
                {
                    WriteResult.Uneven => "an image is a multiple of 32 bytes: this one is cut short"u8,
                    WriteResult.EraseFailed => "erase failed"u8,
                    WriteResult.WriteProtected => "the flash is write protected"u8,
                    WriteResult.VerifyFailed => "the flash reads back something else"u8,
                    _ => "programming failed"u8,
                });
                to.Write(" at "u8);
                to.WriteAddress(address);
                break;
        }
    }

    /// <summary>Why an image is refused, or the installed one does not run.</summary>
    public static void Write(ImageVerdict verdict, in ImageHeader header, ImagePlace place, ref ByteWriter to)
    {
        switch (verdict)
        {
            case ImageVerdict.OtherBoard:
                to.Write("image for another board: "u8);
                to.Write(BoardId.Name(header.Board));
                to.Write(", this is "u8);
                to.Write(BoardId.Name(place.Board));
                break;
            case ImageVerdict.TooLong:
                to.Write("image of "u8);
                to.WriteDecimal(header.Length);
                to.Write(" bytes: there is room for "u8);
                to.WriteDecimal(place.Size);
                break;
            default:
                to.Write(verdict switch
                {
                    ImageVerdict.Good => "good image"u8,
                    ImageVerdict.NoImage => "no SharpProbe application"u8,
                    ImageVerdict.BadVersion => "bad version in the image's header"u8,
                    ImageVerdict.BadLength => "bad length in the image's header"u8,
                    ImageVerdict.BadVectors => "bad stack or reset address in the image"u8,
                    ImageVerdict.Unreadable => "the flash cannot be read (ECC)"u8,
                    _ => "bad CRC: the image is damaged"u8,
                });
                break;
        }
    }

    public static DfuStatus Status(WriteResult result, ImageVerdict verdict) => result switch
    {
        WriteResult.Ok => DfuStatus.Ok,
        WriteResult.Outside or WriteResult.OutOfOrder => DfuStatus.Address,
        WriteResult.BadImage => verdict switch
        {
            ImageVerdict.OtherBoard or ImageVerdict.NoImage => DfuStatus.Target,
            ImageVerdict.TooLong => DfuStatus.Address,
            ImageVerdict.Unreadable => DfuStatus.Verify,
            _ => DfuStatus.File,
        },
        WriteResult.Trailing or WriteResult.Uneven => DfuStatus.File,
        WriteResult.EraseFailed => DfuStatus.Erase,
        WriteResult.WriteProtected => DfuStatus.Write,
        WriteResult.VerifyFailed => DfuStatus.Verify,
        _ => DfuStatus.Program,
    };
}
