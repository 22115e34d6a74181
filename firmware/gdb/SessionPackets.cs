using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>! H T D k r R vAttach vRun vKill and what belongs to them: which target, and its beginning and end.</summary>
static unsafe class SessionPackets
{
    public static GdbPacket[] Rows() =>
    [
        new("H"u8, &SelectThread),
        new("T"u8, &ThreadAlive),
        new("D"u8, &Detach),
        new("!"u8, &ExtendedMode),
        new("vAttach"u8, &Attach),
        new("vRun"u8, &RunProgram),
        new("vKill"u8, &KillProcess),
        new("vStopped"u8, &Stopped),
        new("k"u8, &Kill),
        new("r"u8, &Restart),
        new("R"u8, &Restart),
    ];

    /// <summary>H operation thread. There is one thread: 1. 0 is any, -1 all.</summary>
    private static void SelectThread(GdbServer gdb, ref PacketReader request)
    {
        ReadOnlySpan<byte> rest = request.Rest;
        if (rest.Length > 1 && IsThread(rest[1..])) gdb.Ok();
        else gdb.BadArgument();
    }

    /// <summary>T thread</summary>
    private static void ThreadAlive(GdbServer gdb, ref PacketReader request)
    {
        if (gdb.Target is not null && IsThread(request.Rest)) gdb.Ok();
        else gdb.Fail("no such thread"u8);
    }

    private static bool IsThread(ReadOnlySpan<byte> text) => text.SequenceEqual("-1"u8) || new PacketReader(text).TryHex(out uint thread) && thread <= 1;

    private static void ExtendedMode(GdbServer gdb, ref PacketReader request) => gdb.Ok();

    /// <summary>D[;pid]</summary>
    private static void Detach(GdbServer gdb, ref PacketReader request) => gdb.Answer(gdb.Release());

    /// <summary>vAttach;number of the target in the list, hexadecimal, from 1.</summary>
    private static void Attach(GdbServer gdb, ref PacketReader request)
    {
        if (!request.TryTake(';') || !request.TryHex(out uint number))
        {
            gdb.BadArgument();
            return;
        }
        gdb.Release();
        if (gdb.Session.Count == 0) gdb.Fail("no targets: run monitor swd_scan first"u8);
        else if (number == 0 || number > (uint)gdb.Session.Count) gdb.Fail("no such target: see monitor targets"u8);
        else Begin(gdb, gdb.AttachTo((int)number - 1));
    }

    /// <summary>vRun;file;argument… in hexadecimal. The target is reset; file and arguments are semihosting's command line.</summary>
    private static void RunProgram(GdbServer gdb, ref PacketReader request)
    {
        Span<byte> line = stackalloc byte[CommandLineText.Limit];
        int length = CommandLineText.Decode(ref request, line);
        gdb.Session.SetCommandLine(line[..length]);
        Begin(gdb, gdb.ResetTarget());
    }

    /// <summary>vKill;pid. A chip cannot be killed: it is reset and let go.</summary>
    private static void KillProcess(GdbServer gdb, ref PacketReader request)
    {
        Kill(gdb, ref request);
        gdb.Withheld = false;
        gdb.Ok();
    }

    private static void Kill(GdbServer gdb, ref PacketReader request)
    {
        if (gdb.Target is not null) gdb.ResetTarget();
        gdb.Release();
        gdb.Withheld = true;
    }

    /// <summary>r, R: no reply; "?" follows.</summary>
    private static void Restart(GdbServer gdb, ref PacketReader request)
    {
        gdb.ResetTarget();
        gdb.Withheld = true;
    }

    /// <summary>vStopped: nothing is pending, there is no non-stop mode.</summary>
    private static void Stopped(GdbServer gdb, ref PacketReader request) => gdb.Ok();

    /// <summary>The stop reply of a target that has just been attached or reset, or why not.</summary>
    private static void Begin(GdbServer gdb, in DebugFault fault)
    {
        if (fault.Ok)
        {
            gdb.Run.Halted();
            StopReply.Write(gdb, gdb.Run.Last);
            return;
        }
        gdb.Fail(fault);
        gdb.Console.TellLater(fault);
    }
}
