using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>Long transfers in slices, with the rest of the probe served between them.</summary>
static class TargetMemory
{
    public static DebugFault Read(GdbServer gdb, DebugTarget target, uint address, Span<byte> data)
    {
        if (gdb.Semihosting.TryWindow(address, (uint)data.Length, out Span<byte> window))
        {
            window.CopyTo(data);
            return DebugFault.None;
        }
        while (true)
        {
            int length = SliceLength(address, data.Length);
            DebugFault fault = target.ReadMemory(address, data[..length]);
            data = data[length..];
            address += (uint)length;
            if (fault.Failed || data.Length == 0) return fault;
            gdb.Breathe();
        }
    }

    public static DebugFault Write(GdbServer gdb, DebugTarget target, uint address, ReadOnlySpan<byte> data)
    {
        if (gdb.Semihosting.TryWindow(address, (uint)data.Length, out Span<byte> window))
        {
            data.CopyTo(window);
            return DebugFault.None;
        }
        while (true)
        {
            int length = SliceLength(address, data.Length);
            DebugFault fault = target.WriteMemory(address, data[..length]);
            data = data[length..];
            address += (uint)length;
            if (fault.Failed || data.Length == 0) return fault;
            gdb.Breathe();
        }
    }

    /// <summary>The next slice ends on a word, so that it costs no accesses of bytes.</summary>
    private static int SliceLength(uint address, int left) => Math.Min(left, GdbServer.Slice - (int)(address & 3));
}
