using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>vFlashErase vFlashWrite vFlashDone: "load" into flash. The target queues the work and does it while the next packet arrives.</summary>
static unsafe class FlashPackets
{
    public static GdbPacket[] Rows() =>
    [
        new("vFlashWrite"u8, &Write),
        new("vFlashErase"u8, &Erase),
        new("vFlashDone"u8, &Done),
    ];

    /// <summary>vFlashErase:address,length</summary>
    private static void Erase(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        if (!request.TryTake(':') || !request.TryRange(out uint address, out uint length))
        {
            gdb.BadArgument();
            return;
        }
        // The program that is about to vanish must not run on from where it stands, nor its peripherals.
        DebugFault fault = gdb.FlashOpen ? DebugFault.None : target.Reset();
        gdb.FlashOpen = true;
        Answer(gdb, fault.Ok ? target.FlashErase(address, length) : fault);
    }

    /// <summary>vFlashWrite:address:data</summary>
    private static void Write(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        if (!request.TryTake(':') || !request.TryHex(out uint address) || !request.TryTake(':'))
        {
            gdb.BadArgument();
            return;
        }
        gdb.FlashOpen = true;
        Answer(gdb, target.FlashWrite(address, request.Rest));
    }

    /// <summary>vFlashDone. The core then stands at the new program's first instruction, with the stack pointer of its vector table.</summary>
    private static void Done(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        gdb.FlashOpen = false;
        DebugFault fault = target.FlashDone();
        Answer(gdb, fault.Ok ? target.Reset() : fault);
    }

    private static void Answer(GdbServer gdb, in DebugFault fault)
    {
        gdb.Answer(fault);
        if (fault.Ok) return;
        gdb.FlashOpen = false;                              // gdb gives up, without vFlashDone; its next load begins anew
        gdb.Console.TellLater(fault);
    }
}
