using System;

namespace SharpProbe.Hosting;

/// <summary>SYS_WRITEC, SYS_WRITE0, SYS_READC: characters without a handle.</summary>
static unsafe class ConsoleOperations
{
    /// <summary>A string without an end is cut here.</summary>
    private const uint LongestString = 0x1_0000;

    /// <summary>r1: address of a character.</summary>
    public static CallOutcome WriteCharacter(SemihostingServer call) => Show(call, call.Parameter, 1) ? call.Return(0) : call.Fail(ErrorNumber.BadAddress);

    /// <summary>r1: address of characters that a zero ends.</summary>
    public static CallOutcome WriteString(SemihostingServer call)
    {
        // Read by aligned pieces, so that none reaches past the end of the memory that holds the zero.
        const uint Piece = 64;
        for (uint done = 0; done < LongestString;)
        {
            uint address = call.Parameter + done;
            Span<byte> text = call.Text[..(int)(Piece - address % Piece)];
            if (!call.TryRead(address, text)) return call.Fail(ErrorNumber.BadAddress);
            int end = text.IndexOf((byte)0);
            call.Print(end < 0 ? text : text[..end]);
            if (end >= 0 || !call.Breathe()) break;
            done += (uint)text.Length;
        }
        return call.Return(0);
    }

    /// <summary>A character of gdb's standard input; -1 at its end.</summary>
    public static CallOutcome ReadCharacter(SemihostingServer call)
    {
        CallOutcome asked = call.Ask("read"u8, &HasRead);
        call.Add(FileOperations.Input);
        call.Add(SemihostingServer.Window);
        call.Add(1);
        return asked;

        static uint HasRead(SemihostingServer call, int result) => result == 1 ? call.Written[0] : uint.MaxValue;
    }

    /// <summary>Prints memory of the target. False: it cannot be read.</summary>
    internal static bool Show(SemihostingServer call, uint address, uint length)
    {
        while (length != 0)
        {
            Span<byte> text = call.Text[..(int)Math.Min(length, (uint)call.Text.Length)];
            if (!call.TryRead(address, text)) return false;
            call.Print(text);
            address += (uint)text.Length;
            length -= (uint)text.Length;
            if (!call.Breathe()) return true;
        }
        return true;
    }
}
