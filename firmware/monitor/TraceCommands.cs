using System;
using SharpProbe.Io;
using SharpProbe.Trace;

namespace SharpProbe.Monitoring;

/// <summary>traceswo, swo: what the target's software writes to its ITM, as text.</summary>
static class TraceCommands
{
    private const uint DefaultBaud = 2_250_000, AllChannels = ~0u;

    public static bool Swo(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Trace is not { } trace)
        {
            output.Write("This probe has no receiver of SWO.\n"u8);
            return false;
        }
        Words look = arguments;
        if (!look.TryTake(out _) && trace.Active) return Status(trace, output);
        uint baud = 0, channels = 0;
        bool console = false, decode = false, manchester = false;
        while (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (word.SequenceEqual("off"u8) || word.SequenceEqual("disable"u8)) return Stop(trace, output);
            if (word.SequenceEqual("console"u8)) console = true;
            else if (word.SequenceEqual("decode"u8)) decode = true;
            else if (word.SequenceEqual("manchester"u8)) manchester = true;
            else if (word.SequenceEqual("enable"u8) || word.SequenceEqual("on"u8) || word.SequenceEqual("uart"u8)) continue;
            else if (!Argument.TryFrequency(word, out uint number) && !word.SequenceEqual("0"u8)) return Usage(output);
            else if (baud == 0 && !decode && number > 31) baud = number;
            else if (number > 31) return Usage(output);
            else channels |= 1u << (int)number;
        }
        if (baud == 0 && !manchester) baud = trace.Active && !trace.Capture.IsManchester ? trace.Capture.Baud : DefaultBaud;
        if (trace.TryStart(baud, channels == 0 ? AllChannels : channels, console, manchester)) return Status(trace, output);
        output.Write(trace.Capture.Wanted ? "SWO is in use by a CMSIS-DAP host.\n"u8 : "This probe cannot receive at that rate.\n"u8);
        return false;
    }

    private static bool Stop(TraceText trace, TextOutput output)
    {
        trace.Stop();
        output.Write("SWO: off\n"u8);
        return true;
    }

    private static bool Status(TraceText trace, TextOutput output)
    {
        output.Write("SWO: "u8);
        output.WriteDecimal(trace.Capture.Baud);
        output.Write(trace.Capture.IsManchester ? " baud, Manchester, channels"u8 : " baud, channels"u8);
        if (trace.Channels == AllChannels) output.Write(" all"u8);
        for (uint i = 0; i < 32; i++)
        {
            if (trace.Channels == AllChannels || (trace.Channels >> (int)i & 1) == 0) continue;
            output.Write(" "u8);
            output.WriteDecimal(i);
        }
        Count(output, ", "u8, trace.Capture.Received, " bytes received"u8);
        Count(output, ", "u8, trace.Capture.Lost, " lost here"u8);
        Count(output, ", "u8, trace.Overflows, " overflows of the target"u8);
        Count(output, ", "u8, trace.Capture.LineErrors, " line errors"u8);
        Count(output, ", "u8, trace.Malformed, " not understood\n"u8);
        return true;
    }

    private static void Count(TextOutput output, ReadOnlySpan<byte> before, uint value, ReadOnlySpan<byte> after)
    {
        output.Write(before);
        output.WriteDecimal(value);
        output.Write(after);
    }

    private static bool Usage(TextOutput output) => ConnectionCommands.Usage(output, "traceswo [off] [manchester] [baud] [console] [channel ...]"u8);
}
