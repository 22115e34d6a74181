using System;
using System.Buffers.Binary;

namespace SharpProbe.Hosting;

/// <summary>
/// Files, which are gdb's. A handle is gdb's number + 1, as 0 is none: 1 to 3 are the console's, and ":tt" opens them by its mode; one more is the file that names what this debugger can do.
/// </summary>
static unsafe class FileOperations
{
    /// <summary>gdb's number of its standard input.</summary>
    public const uint Input = 0;

    private const uint ConsoleIn = 1, ConsoleOut = 2, ConsoleError = 3, FeaturesHandle = 0x7FFF_FF00, Failure = uint.MaxValue;

    /// <summary>"SHFB", then SH_EXT_EXIT_EXTENDED and SH_EXT_STDOUT_STDERR ("Semihosting extensions").</summary>
    private static ReadOnlySpan<byte> Features => [(byte)'S', (byte)'H', (byte)'F', (byte)'B', 3];

    /// <summary>gdb's flags for each pair of modes (r, r+, w, w+, a, a+; gdb manual, "Open Flags"), low byte first.</summary>
    private static ReadOnlySpan<byte> Flags => [0, 0, 2, 0, 1, 6, 2, 6, 9, 2, 10, 2];

    /// <summary>Name, mode 0 to 11, length of the name.</summary>
    public static CallOutcome Open(SemihostingServer call)
    {
        (uint name, uint mode, uint length) = (call.Word(0), call.Word(1), call.Word(2));
        uint error = mode > 11 ? ErrorNumber.Invalid : call.CheckName(name, length);
        if (error != 0) return call.Fail(error);
        Span<byte> text = call.Text[..(int)Math.Min(length, 32)];
        if (!call.TryRead(name, text)) return call.Fail(ErrorNumber.BadAddress);
        if (text.SequenceEqual(":tt"u8)) return call.Return(ConsoleIn + mode / 4);
        if (text.SequenceEqual(":semihosting-features"u8))
        {
            call.FeaturesRead = 0;
            return mode <= 1 ? call.Return(FeaturesHandle) : call.Fail(ErrorNumber.Invalid);
        }
        CallOutcome asked = call.Ask("open"u8, &Handle);
        call.AddName(name, length);
        call.Add(BinaryPrimitives.ReadUInt16LittleEndian(Flags[(int)(mode / 2 * 2)..]));
        call.Add(0x1B4);                                                        // rw-rw-r--
        return asked;

        static uint Handle(SemihostingServer call, int result) => result < 0 ? Failure : (uint)result + 1;
    }

    /// <summary>Handle.</summary>
    public static CallOutcome Close(SemihostingServer call)
    {
        if (call.Word(0) is >= ConsoleIn and <= ConsoleError or FeaturesHandle) return call.Return(0);
        return AskOf(call, "close"u8, &ZeroOrFailure);
    }

    /// <summary>Handle, address, bytes. The result is what was not written.</summary>
    public static CallOutcome Write(SemihostingServer call)
    {
        (uint handle, uint address, uint length) = (call.Word(0), call.Word(1), call.Word(2));
        if (length == 0) return call.Return(0);
        if (handle is ConsoleOut or ConsoleError) return ConsoleOperations.Show(call, address, length) ? call.Return(0) : NotDone(call, ErrorNumber.BadAddress);
        return handle is ConsoleIn or FeaturesHandle ? NotDone(call, ErrorNumber.BadHandle) : Transfer(call, "write"u8);
    }

    /// <summary>Handle, address, bytes. The result is what was not read; all at the end of the file.</summary>
    public static CallOutcome Read(SemihostingServer call)
    {
        uint handle = call.Word(0);
        if (call.Word(2) == 0) return call.Return(0);
        if (handle == FeaturesHandle) return ReadFeatures(call);
        return handle is ConsoleOut or ConsoleError ? NotDone(call, ErrorNumber.BadHandle) : Transfer(call, "read"u8);
    }

    /// <summary>A result of another call.</summary>
    public static CallOutcome IsError(SemihostingServer call) => call.Return(call.Word(0) >> 31);

    /// <summary>Handle: 1 for a terminal, 0 for a file.</summary>
    public static CallOutcome IsTty(SemihostingServer call)
    {
        if (call.Word(0) is >= ConsoleIn and <= ConsoleError) return call.Return(1);
        return call.Word(0) == FeaturesHandle ? call.Return(0) : AskOf(call, "isatty"u8, &Number);
    }

    /// <summary>Handle, position from the beginning.</summary>
    public static CallOutcome Seek(SemihostingServer call)
    {
        (uint handle, uint position) = (call.Word(0), call.Word(1));
        if (handle is >= ConsoleIn and <= ConsoleError) return call.Fail(ErrorNumber.NotSeekable);
        if (handle == FeaturesHandle)
        {
            if (position > (uint)Features.Length) return call.Fail(ErrorNumber.Invalid);
            call.FeaturesRead = (int)position;
            return call.Return(0);
        }
        CallOutcome asked = AskOf(call, "lseek"u8, &ZeroOrFailure);
        if (asked != CallOutcome.Asked) return asked;
        call.Add(position);
        call.Add(0);                                                            // SEEK_SET
        return asked;
    }

    /// <summary>Handle. Length of the file.</summary>
    public static CallOutcome Length(SemihostingServer call)
    {
        uint handle = call.Word(0);
        if (handle is >= ConsoleIn and <= ConsoleError) return call.Fail(ErrorNumber.NotSeekable);
        if (handle == FeaturesHandle) return call.Return((uint)Features.Length);
        CallOutcome asked = AskOf(call, "fstat"u8, &Size);
        if (asked == CallOutcome.Asked) call.Add(SemihostingServer.Window);
        return asked;

        // gdb manual, "struct stat": seven words, then st_size, 64 bits, the highest byte first.
        static uint Size(SemihostingServer call, int result) =>
            result < 0 || BinaryPrimitives.ReadUInt32BigEndian(call.Written[28..]) != 0 ? Failure : BinaryPrimitives.ReadUInt32BigEndian(call.Written[32..]);
    }

    /// <summary>Address, number 0 to 255, bytes there: a name for a file, the same for the same number.</summary>
    public static CallOutcome TemporaryName(SemihostingServer call)
    {
        Span<byte> name = call.Text[..10];
        "tmp00.tmp\0"u8.CopyTo(name);
        uint number = call.Word(1);
        if (number > 255 || call.Word(2) < (uint)name.Length) return call.Fail(ErrorNumber.Invalid);
        name[3] = Gdb.Hex.Character(number >> 4);
        name[4] = Gdb.Hex.Character(number & 15);
        return call.TryWrite(call.Word(0), name) ? call.Return(0) : call.Fail(ErrorNumber.BadAddress);
    }

    /// <summary>Name, its length.</summary>
    public static CallOutcome Remove(SemihostingServer call) => AskByName(call, "unlink"u8, &ZeroOrFailure);

    /// <summary>Old name, its length, new name, its length.</summary>
    public static CallOutcome Rename(SemihostingServer call)
    {
        uint error = call.CheckName(call.Word(2), call.Word(3));
        if (error != 0) return call.Fail(error);
        CallOutcome asked = AskByName(call, "rename"u8, &ZeroOrFailure);
        if (asked == CallOutcome.Asked) call.AddName(call.Word(2), call.Word(3));
        return asked;
    }

    /// <summary>A request about a name in words 0 and 1.</summary>
    internal static CallOutcome AskByName(SemihostingServer call, ReadOnlySpan<byte> request, delegate*<SemihostingServer, int, uint> finish)
    {
        uint error = call.CheckName(call.Word(0), call.Word(1));
        if (error != 0) return call.Fail(error);
        CallOutcome asked = call.Ask(request, finish);
        call.AddName(call.Word(0), call.Word(1));
        return asked;
    }

    internal static uint Number(SemihostingServer call, int result) => (uint)result;

    private static uint ZeroOrFailure(SemihostingServer call, int result) => result < 0 ? Failure : 0;

    /// <summary>A request about the file of the handle in word 0.</summary>
    private static CallOutcome AskOf(SemihostingServer call, ReadOnlySpan<byte> request, delegate*<SemihostingServer, int, uint> finish)
    {
        uint handle = call.Word(0);
        if ((int)handle <= 0) return call.Fail(ErrorNumber.BadHandle);
        CallOutcome asked = call.Ask(request, finish);
        call.Add(handle - 1);
        return asked;
    }

    private static CallOutcome Transfer(SemihostingServer call, ReadOnlySpan<byte> request)
    {
        if ((int)call.Word(0) <= 0) return NotDone(call, ErrorNumber.BadHandle);
        CallOutcome asked = AskOf(call, request, &Left);
        call.Add(call.Word(1));
        call.Add(call.Word(2));
        return asked;

        static uint Left(SemihostingServer call, int result) => call.Word(2) - (uint)Math.Clamp(result, 0, (int)Math.Min(call.Word(2), int.MaxValue));
    }

    private static CallOutcome NotDone(SemihostingServer call, uint error)
    {
        call.Fail(error);
        return call.Return(call.Word(2));
    }

    private static CallOutcome ReadFeatures(SemihostingServer call)
    {
        ReadOnlySpan<byte> rest = Features[call.FeaturesRead..];
        rest = rest[..(int)Math.Min((uint)rest.Length, call.Word(2))];
        if (!call.TryWrite(call.Word(1), rest)) return NotDone(call, ErrorNumber.BadAddress);
        call.FeaturesRead += rest.Length;
        return call.Return(call.Word(2) - (uint)rest.Length);
    }
}
