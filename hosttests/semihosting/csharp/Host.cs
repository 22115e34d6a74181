using System;
using SharpProbe.Intrinsics;

namespace SharpProbe.HostedProgram;

/// <summary>The debugger's computer (Arm, "Semihosting for AArch32 and AArch64"). Results are as there: -1 is a failure.</summary>
static unsafe class Host
{
    private const uint SysOpen = 0x01, SysClose = 0x02, SysWrite0 = 0x04, SysWrite = 0x05, SysRead = 0x06, SysSeek = 0x0A, SysFileLength = 0x0C, SysRemove = 0x0E, SysRename = 0x0F, SysErrno = 0x13, SysGetCommandLine = 0x15,
        SysExitExtended = 0x20;

    /// <summary>fopen's modes in the specification's numbers.</summary>
    internal const uint Read = 1, ReadUpdate = 3, Write = 5;

    /// <summary>The file, or -1.</summary>
    internal static int Open(ReadOnlySpan<byte> name, uint mode) => Call(SysOpen, name, mode);

    internal static int Close(int file) => Call(SysClose, (uint)file);

    /// <summary>The text ends with a zero.</summary>
    internal static void Print(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text) Cpu.Semihost(SysWrite0, (uint)start);
    }

    /// <summary>Bytes that were not written.</summary>
    internal static int WriteTo(int file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return Call(SysWrite, (uint)file, (uint)start, (uint)bytes.Length);
    }

    /// <summary>Bytes that were not read.</summary>
    internal static int ReadFrom(int file, Span<byte> bytes)
    {
        fixed (byte* start = bytes) return Call(SysRead, (uint)file, (uint)start, (uint)bytes.Length);
    }

    internal static int Seek(int file, int place) => Call(SysSeek, (uint)file, (uint)place);

    internal static int Length(int file) => Call(SysFileLength, (uint)file);

    internal static int Remove(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name) return Call(SysRemove, (uint)start, (uint)name.Length - 1);
    }

    internal static int Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        fixed (byte* old = from)
        fixed (byte* next = to) return Call(SysRename, (uint)old, (uint)from.Length - 1, (uint)next, (uint)to.Length - 1);
    }

    internal static int LastError() => (int)Cpu.Semihost(SysErrno, 0);

    internal static ReadOnlySpan<byte> CommandLine(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            uint* block = stackalloc uint[2];
            (block[0], block[1]) = ((uint)start, (uint)buffer.Length);
            return Cpu.Semihost(SysGetCommandLine, (uint)block) == 0 ? buffer[..(int)block[1]] : default;
        }
    }

    /// <summary>ADP_Stopped_ApplicationExit with a code.</summary>
    internal static void Exit(int code)
    {
        Call(SysExitExtended, 0x20026, (uint)code);
        while (true) { }
    }

    private static int Call(uint operation, ReadOnlySpan<byte> name, uint mode)
    {
        fixed (byte* start = name) return Call(operation, (uint)start, mode, (uint)name.Length - 1);
    }

    private static int Call(uint operation, uint first, uint second = 0, uint third = 0, uint fourth = 0)
    {
        uint* block = stackalloc uint[4];
        (block[0], block[1], block[2], block[3]) = (first, second, third, fourth);
        return (int)Cpu.Semihost(operation, (uint)block);
    }
}
