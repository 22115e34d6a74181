using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>? c C s S vCont: go on, and why it stands still. Signals mean nothing to a bare core; an address to go on from is written to the program counter.</summary>
static unsafe class RunPackets
{
    public static GdbPacket[] Rows() =>
    [
        new("vCont"u8, &Continue),
        new("vCont?"u8, &Actions),
        new("c"u8, &ContinueFrom),
        new("C"u8, &ContinueWith),
        new("s"u8, &StepFrom),
        new("S"u8, &StepWith),
        new("?"u8, &Why),
    ];

    /// <summary>?</summary>
    private static void Why(GdbServer gdb, ref PacketReader request)
    {
        if (gdb.Target is null) gdb.Reply.Write("W00"u8);
        else if (gdb.Run.Running) gdb.Withheld = true;            // a stop reply comes anyway
        else StopReply.Write(gdb, gdb.Run.Last);
    }

    /// <summary>vCont?</summary>
    private static void Actions(GdbServer gdb, ref PacketReader request) => gdb.Reply.Write("vCont;c;C;s;S;t;r"u8);

    /// <summary>vCont;action[:thread]… The first action that holds for thread 1 counts.</summary>
    private static void Continue(GdbServer gdb, ref PacketReader request)
    {
        while (request.TryTake(';'))
        {
            var action = new PacketReader(TakeAction(ref request));
            ReadOnlySpan<byte> what = action.TakeUntil(':');
            if (what.Length == 0 || !(action.AtEnd || IsOurs(action.Rest))) continue;
            Do(gdb, what);
            return;
        }
        gdb.BadArgument();
    }

    private static ReadOnlySpan<byte> TakeAction(ref PacketReader request)
    {
        int end = request.Rest.IndexOf((byte)';');
        ReadOnlySpan<byte> action = end < 0 ? request.Rest : request.Rest[..end];
        request = new PacketReader(request.Rest[action.Length..]);
        return action;
    }

    /// <summary>The thread is 1, or any (0), or all (-1).</summary>
    private static bool IsOurs(ReadOnlySpan<byte> thread) => thread.SequenceEqual("-1"u8) || new PacketReader(thread).TryHex(out uint id) && id <= 1;

    private static void Do(GdbServer gdb, ReadOnlySpan<byte> action)
    {
        if (!TryHalted(gdb, out DebugTarget target)) return;
        var arguments = new PacketReader(action[1..]);
        switch (action[0])
        {
            case (byte)'c':
            case (byte)'C':
                gdb.Run.Resume(target);
                break;
            case (byte)'s':
            case (byte)'S':
                gdb.Run.Step(target, 0, 0);
                break;
            case (byte)'r' when arguments.TryRange(out uint start, out uint end):
                gdb.Run.Step(target, start, end);
                break;
            case (byte)'t':
                gdb.Ok();
                break;
            default:
                gdb.BadArgument();
                break;
        }
    }

    /// <summary>c [address]</summary>
    private static void ContinueFrom(GdbServer gdb, ref PacketReader request)
    {
        if (TryStart(gdb, ref request, out DebugTarget target)) gdb.Run.Resume(target);
    }

    /// <summary>C signal[;address]</summary>
    private static void ContinueWith(GdbServer gdb, ref PacketReader request)
    {
        request.TakeUntil(';');
        ContinueFrom(gdb, ref request);
    }

    /// <summary>s [address]</summary>
    private static void StepFrom(GdbServer gdb, ref PacketReader request)
    {
        if (TryStart(gdb, ref request, out DebugTarget target)) gdb.Run.Step(target, 0, 0);
    }

    /// <summary>S signal[;address]</summary>
    private static void StepWith(GdbServer gdb, ref PacketReader request)
    {
        request.TakeUntil(';');
        StepFrom(gdb, ref request);
    }

    /// <summary>A halted target, its program counter where the packet says; otherwise the reply says why not.</summary>
    private static bool TryStart(GdbServer gdb, ref PacketReader request, out DebugTarget target)
    {
        if (!TryHalted(gdb, out target)) return false;
        if (request.AtEnd) return true;
        if (!request.TryHex(out uint address))
        {
            gdb.BadArgument();
            return false;
        }
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(value, address);
        DebugFault fault = target.WriteRegister(RunControl.ProgramCounter, value);
        if (fault.Failed) gdb.Fail(fault);
        return fault.Ok;
    }

    private static bool TryHalted(GdbServer gdb, out DebugTarget target)
    {
        if (!gdb.TryTarget(out target)) return false;
        if (gdb.Run.Running) gdb.Fail(FaultKind.NotHalted);
        return !gdb.Run.Running;
    }
}
