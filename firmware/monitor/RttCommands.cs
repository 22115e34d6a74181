using System;
using SharpProbe.Io;
using SharpProbe.Rtt;
using SharpProbe.Target;

namespace SharpProbe.Monitoring;

/// <summary>rtt [enable|disable|status|channel [n …]|ident [text]|cblock [address]|ram [start end]|poll [max min errors]]</summary>
static unsafe class RttCommands
{
    private static ReadOnlySpan<byte> UsageText => "rtt [enable|disable|status|channel [n ...]|ident [text]|cblock [address]|ram [start end]|poll [max_ms min_ms errors]]"u8;

    public static bool Run(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Rtt is not { } rtt)
        {
            output.Write("This probe has no port for RTT.\n"u8);
            return false;
        }
        if (!arguments.TryTake(out ReadOnlySpan<byte> word)) word = "enable"u8;
        bool known = true;
        if (word.SequenceEqual("enable"u8) || word.SequenceEqual("disable"u8)) rtt.Enabled = word[0] == 'e';
        else if (word.SequenceEqual("status"u8)) Status(rtt, output);
        else if (word.SequenceEqual("channel"u8)) known = Channels(rtt, ref arguments);
        else if (word.SequenceEqual("ident"u8)) known = Ident(rtt, ref arguments);
        else if (word.SequenceEqual("cblock"u8)) known = Block(monitor, rtt, ref arguments, output);
        else if (word.SequenceEqual("ram"u8)) known = Ram(rtt, ref arguments);
        else if (word.SequenceEqual("poll"u8)) known = Poll(rtt, ref arguments);
        else known = false;
        return known || ConnectionCommands.Usage(output, UsageText);
    }

    private static void Status(RttLink rtt, TextOutput output)
    {
        Span<byte> buffer = stackalloc byte[200];
        var line = new ByteWriter(buffer);
        line.Write(rtt.Enabled ? "rtt: on, control block "u8 : "rtt: off, control block "u8);
        if (rtt.Block == 0) line.Write("not found"u8);
        else line.WriteAddress(rtt.Block);
        line.Write(", ident \""u8);
        ReadOnlySpan<byte> ident = rtt.Settings.Ident;
        line.Write(ident[..Math.Max(ident.IndexOf((byte)0), 0)]);
        line.Write("\", channels"u8);
        for (int i = 0; i < RttSettings.Channels; i++)
        {
            if ((rtt.Settings.Up >> i & 1) == 0) continue;
            line.Write((byte)' ');
            line.WriteDecimal((uint)i);
        }
        line.Write(", polled every "u8);
        line.WriteDecimal(rtt.Settings.MinPoll);
        line.Write(" to "u8);
        line.WriteDecimal(rtt.Settings.MaxPoll);
        line.Write(" ms, "u8);
        line.WriteDecimal(rtt.Settings.MaxErrors);
        line.Write(" errors allowed\n"u8);
        output.Write(line.Written);
    }

    /// <summary>None: 0 and 1.</summary>
    private static bool Channels(RttLink rtt, ref Words arguments)
    {
        uint mask = 0;
        while (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Argument.TryNumber(word, out uint channel) || channel >= RttSettings.Channels) return false;
            mask |= 1u << (int)channel;
        }
        rtt.Settings.Up = mask != 0 ? mask : 3;
        return true;
    }

    private static bool Ident(RttLink rtt, ref Words arguments)
    {
        ReadOnlySpan<byte> text = arguments.Rest;
        while (!text.IsEmpty && text[0] == ' ') text = text[1..];
        while (!text.IsEmpty && text[^1] == ' ') text = text[..^1];
        if (!rtt.Settings.TrySetIdent(text.IsEmpty ? "SEGGER RTT"u8 : text)) return false;
        rtt.Forget();
        return true;
    }

    /// <summary>With an address: it is there, 0: it is looked for. Without: what is in it.</summary>
    private static bool Block(ProbeMonitor monitor, RttLink rtt, ref Words arguments, TextOutput output)
    {
        if (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Argument.TryHex(word, out uint address)) return false;
            rtt.Settings.Address = address;
            rtt.Forget();
            return true;
        }
        if (rtt.Block == 0 || monitor.Session.Current is not { } target)
        {
            output.Write("No control block has been found.\n"u8);
            return true;
        }
        for (int i = 0; i < rtt.UpCount; i++) Show(rtt, target, true, i, output);
        for (int i = 0; i < rtt.DownCount; i++) Show(rtt, target, false, i, output);
        return true;
    }

    private static void Show(RttLink rtt, DebugTarget target, bool up, int index, TextOutput output)
    {
        if (!rtt.TryRead(target, up, index, out RttChannel channel)) return;
        Span<byte> buffer = stackalloc byte[96];
        var line = new ByteWriter(buffer);
        line.Write(up ? "up   "u8 : "down "u8);
        line.WriteDecimal((uint)index);
        line.Write(": "u8);
        line.WriteDecimal(channel.Length);
        line.Write(" bytes at "u8);
        line.WriteAddress(channel.Buffer);
        line.Write(", write "u8);
        line.WriteDecimal(channel.Write);
        line.Write(", read "u8);
        line.WriteDecimal(channel.Read);
        line.Write((byte)'\n');
        output.Write(line.Written);
    }

    /// <summary>None: all of the part's RAM.</summary>
    private static bool Ram(RttLink rtt, ref Words arguments)
    {
        uint start = 0, end = 0;
        if (arguments.TryTake(out ReadOnlySpan<byte> word) && (!Argument.TryHex(word, out start) || !arguments.TryTake(out word) || !Argument.TryHex(word, out end) || end <= start)) return false;
        (rtt.Settings.RamStart, rtt.Settings.RamEnd) = (start, end);
        rtt.Forget();
        return true;
    }

    private static bool Poll(RttLink rtt, ref Words arguments)
    {
        const uint Longest = 60_000;
        Span<uint> values = stackalloc uint[3];
        for (int i = 0; i < values.Length; i++)
            if (!arguments.TryTake(out ReadOnlySpan<byte> word) || !Argument.TryNumber(word, out values[i]) || values[i] > Longest) return false;
        if (values[1] > values[0] || values[2] == 0) return false;
        (rtt.Settings.MaxPoll, rtt.Settings.MinPoll, rtt.Settings.MaxErrors) = (values[0], values[1], values[2]);
        return true;
    }
}
