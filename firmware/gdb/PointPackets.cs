using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>Z z: breakpoints and watchpoints, inserted and removed. "type,address,length[;…]"; an empty reply says that the target has no such thing.</summary>
static unsafe class PointPackets
{
    public static GdbPacket[] Rows() =>
    [
        new("Z"u8, &Insert),
        new("z"u8, &Remove),
    ];

    private static void Insert(GdbServer gdb, ref PacketReader request)
    {
        if (!TryPoint(gdb, ref request, out DebugTarget target, out PointKind kind, out uint address, out uint length)) return;
        PointResult result = target.Insert(kind, address, length);
        if (result == PointResult.Done) gdb.Points.Add(kind, address);
        Answer(gdb, result);
    }

    private static void Remove(GdbServer gdb, ref PacketReader request)
    {
        if (!TryPoint(gdb, ref request, out DebugTarget target, out PointKind kind, out uint address, out uint length)) return;
        PointResult result = target.Remove(kind, address, length);
        if (result == PointResult.Done) gdb.Points.Remove(kind, address);
        Answer(gdb, result);
    }

    private static bool TryPoint(GdbServer gdb, ref PacketReader request, out DebugTarget target, out PointKind kind, out uint address, out uint length)
    {
        kind = default;
        address = length = 0;
        if (!gdb.TryTarget(out target)) return false;
        if (request.TryHex(out uint type) && request.TryTake(',') && request.TryRange(out address, out length) && (request.AtEnd || request.TryTake(';')))
        {
            kind = (PointKind)type;
            return type <= (uint)PointKind.Access;             // of any other type nothing is known: empty reply
        }
        gdb.BadArgument();
        return false;
    }

    private static void Answer(GdbServer gdb, PointResult result)
    {
        switch (result)
        {
            case PointResult.Done:
                gdb.Ok();
                break;
            case PointResult.NoneFree:
                gdb.Fail("every comparator of the target is in use"u8);
                break;
            case PointResult.Failed:
                gdb.Fail("the target refused it"u8);
                break;
        }
    }
}
