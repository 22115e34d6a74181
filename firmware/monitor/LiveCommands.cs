using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Live;
using SharpProbe.Target;

namespace SharpProbe.Monitoring;

/// <summary>What looks at memory while the program runs: mdw, mdh, mdb (OpenOCD's names), watch, tracebuf.</summary>
static class LiveCommands
{
    private const uint LongestPeriod = 60_000, Line = 16, MostBytes = 4096;

    public static bool Words32(ProbeMonitor monitor, ref Words arguments, TextOutput output) => Show(monitor, ref arguments, output, 4);

    public static bool Words16(ProbeMonitor monitor, ref Words arguments, TextOutput output) => Show(monitor, ref arguments, output, 2);

    public static bool Bytes(ProbeMonitor monitor, ref Words arguments, TextOutput output) => Show(monitor, ref arguments, output, 1);

    private static bool Show(ProbeMonitor monitor, ref Words arguments, TextOutput output, int size)
    {
        uint count = 1;
        if (!arguments.TryTake(out ReadOnlySpan<byte> word) || !Argument.TryHex(word, out uint address) || address % (uint)size != 0
            || arguments.TryTake(out word) && !Argument.TryNumber(word, out count) || count > MostBytes / (uint)size)
            return ConnectionCommands.Usage(output, "mdw|mdh|mdb address [count]"u8);
        if (monitor.Session.Current is not { } target) return monitor.Fail(output, FaultKind.NotAttached);
        Span<byte> data = stackalloc byte[(int)Line];
        Span<byte> buffer = stackalloc byte[80];
        for (uint left = count * (uint)size; left != 0;)
        {
            Span<byte> row = data[..(int)Math.Min(left, Line)];
            DebugFault fault = target.ReadMemory(address, row);
            if (fault.Failed) return monitor.Fail(output, fault);
            var line = new ByteWriter(buffer);
            line.WriteAddress(address);
            line.Write((byte)':');
            for (int i = 0; i < row.Length; i += size)
            {
                line.Write((byte)' ');
                for (int b = size - 1; b >= 0; b--) line.WriteHex(row[i + b], 2);
            }
            line.Write((byte)'\n');
            output.Write(line.Written);
            (address, left) = (address + (uint)row.Length, left - (uint)row.Length);
        }
        return true;
    }

    /// <summary>watch [address[,size] [period] | off | uart | gdb]</summary>
    public static bool Watch(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Watch is not { } watch) return false;
        if (!arguments.TryTake(out ReadOnlySpan<byte> word)) return List(watch, output);
        if (word.SequenceEqual("off"u8)) watch.Clear();
        else if (word.SequenceEqual("uart"u8) || word.SequenceEqual("gdb"u8)) watch.OnPort = word[0] == 'u';
        else
        {
            uint size = 4, period = watch.Period;
            int comma = word.IndexOf((byte)',');
            if (comma >= 0 && (!Argument.TryNumber(word[(comma + 1)..], out size) || size is not (1 or 2 or 4))
                || !Argument.TryHex(comma < 0 ? word : word[..comma], out uint address) || address % size != 0
                || arguments.TryTake(out word) && !Argument.TryNumber(word, out period) || period is 0 or > LongestPeriod)
                return ConnectionCommands.Usage(output, "watch [address[,1|2|4] [period_ms] | off | uart | gdb]"u8);
            watch.Period = period;
            if (!watch.TryAdd(address, (int)size))
            {
                output.Write("Eight are watched already.\n"u8);
                return false;
            }
        }
        return List(watch, output);
    }

    private static bool List(LiveWatch watch, TextOutput output)
    {
        Span<byte> buffer = stackalloc byte[160];
        var line = new ByteWriter(buffer);
        line.Write("watch:"u8);
        foreach (ref readonly LiveValue value in watch.Values)
        {
            line.Write((byte)' ');
            line.WriteAddress(value.Address);
            line.Write((byte)',');
            line.WriteDecimal((uint)value.Size);
        }
        if (watch.Count == 0) line.Write(" nothing"u8);
        line.Write(", every "u8);
        line.WriteDecimal(watch.Period);
        line.Write(watch.OnPort ? " ms, on the UART port\n"u8 : " ms, here while the program runs\n"u8);
        output.Write(line.Written);
        return true;
    }

    /// <summary>tracebuf [off | buffer size head tail]: addresses, and bytes of the ring.</summary>
    public static bool TraceBuffer(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Buffer is not { } ring) return false;
        if (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            uint size = 0, head = 0, tail = 0;
            bool off = word.SequenceEqual("off"u8);
            uint address = 0;
            if (!off && (!Argument.TryHex(word, out address) || !arguments.TryTake(out word) || !Argument.TryNumber(word, out size) || size == 0
                || !arguments.TryTake(out word) || !Argument.TryHex(word, out head) || !arguments.TryTake(out word) || !Argument.TryHex(word, out tail) || ((head | tail) & 3) != 0))
                return ConnectionCommands.Usage(output, "tracebuf [off | buffer size head tail]"u8);
            ring.Set(address, size, head, tail);
        }
        Span<byte> buffer = stackalloc byte[128];
        var line = new ByteWriter(buffer);
        line.Write("tracebuf: "u8);
        if (ring.Size == 0) line.Write("off"u8);
        else
        {
            line.WriteDecimal(ring.Size);
            line.Write(" bytes at "u8);
            line.WriteAddress(ring.Address);
            line.Write(", head at "u8);
            line.WriteAddress(ring.Head);
            line.Write(", tail at "u8);
            line.WriteAddress(ring.Tail);
            line.Write(", offsets that were none: "u8);
            line.WriteDecimal(ring.Errors);
        }
        line.Write((byte)'\n');
        output.Write(line.Written);
        return true;
    }
}
