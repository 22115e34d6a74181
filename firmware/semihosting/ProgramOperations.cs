using System;
using System.Buffers.Binary;

namespace SharpProbe.Hosting;

/// <summary>The program's surroundings: times, command line, heap, its end.</summary>
static unsafe class ProgramOperations
{
    /// <summary>ADP_Stopped_ApplicationExit: the program ended by itself.</summary>
    private const uint ApplicationExit = 0x2_0026;

    /// <summary>Ticks of SYS_ELAPSED in a second.</summary>
    private const uint TicksPerSecond = 1000;

    /// <summary>Hundredths of a second since the program's start.</summary>
    public static CallOutcome Clock(SemihostingServer call) => call.Return(call.Milliseconds / 10);

    /// <summary>Seconds since 1970.</summary>
    public static CallOutcome Time(SemihostingServer call)
    {
        CallOutcome asked = call.Ask("gettimeofday"u8, &Seconds);
        call.Add(SemihostingServer.Window);
        call.Add(0);
        return asked;

        // gdb manual, "struct timeval": tv_sec, 32 bits, the highest byte first.
        static uint Seconds(SemihostingServer call, int result) => result < 0 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(call.Written);
    }

    /// <summary>Command, its length. gdb refuses unless "set remote system-call-allowed 1".</summary>
    public static CallOutcome System(SemihostingServer call) => FileOperations.AskByName(call, "system"u8, &FileOperations.Number);

    public static CallOutcome ErrorNumber(SemihostingServer call) => call.Return(call.Error);

    /// <summary>Address, bytes there; the length of what was written goes to the second word.</summary>
    public static CallOutcome CommandLine(SemihostingServer call)
    {
        ReadOnlySpan<byte> line = call.Session.CommandLine;
        if (call.Word(1) <= (uint)line.Length) return call.Fail(Hosting.ErrorNumber.Invalid);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)line.Length);
        bool done = (line.IsEmpty || call.TryWrite(call.Word(0), line)) && call.TryWrite(call.Word(0) + (uint)line.Length, [0]) && call.TryWrite(call.Parameter + 4, length);
        return done ? call.Return(0) : call.Fail(Hosting.ErrorNumber.BadAddress);
    }

    /// <summary>Address of four words. Zeros: the program shall use its own.</summary>
    public static CallOutcome HeapInfo(SemihostingServer call)
    {
        Span<byte> block = stackalloc byte[16];
        for (int i = 0; i < 4; i++) BinaryPrimitives.WriteUInt32LittleEndian(block[(i * 4)..], call.Session.HeapInfo[i]);
        return call.TryWrite(call.Word(0), block) ? call.Return(0) : call.Fail(Hosting.ErrorNumber.BadAddress);
    }

    /// <summary>r1: the reason itself.</summary>
    public static CallOutcome Exit(SemihostingServer call) => End(call, call.Parameter == ApplicationExit ? 0u : 1);

    /// <summary>Reason, exit code.</summary>
    public static CallOutcome ExitExtended(SemihostingServer call) => End(call, call.Word(0) == ApplicationExit ? call.Word(1) : 1);

    /// <summary>r1: address of 64 bits.</summary>
    public static CallOutcome Elapsed(SemihostingServer call)
    {
        Span<byte> ticks = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(ticks, call.Milliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(ticks[4..], 0);
        return call.TryWrite(call.Parameter, ticks) ? call.Return(0) : call.Fail(Hosting.ErrorNumber.BadAddress);
    }

    public static CallOutcome TickFrequency(SemihostingServer call) => call.Return(TicksPerSecond);

    private static CallOutcome End(SemihostingServer call, uint code)
    {
        call.ExitCode = code;
        return CallOutcome.Exited;
    }
}
