using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;

namespace SharpProbe.Monitoring;

/// <summary>How the probe connects: halt_timeout, connect_srst, reset, hard_srst, tpwr, frequency, heapinfo.</summary>
static class ConnectionCommands
{
    /// <summary>nRESET is held low so long, and given so long to rise, in ms.</summary>
    private const uint ResetPulse = 20;

    public static bool HaltTimeout(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Argument.TryNumber(word, out uint milliseconds)) return Usage(output, "halt_timeout [ms]"u8);
            monitor.Session.HaltTimeout = milliseconds;
        }
        output.Write("Cortex-M timeout to wait for device halts: "u8);
        output.WriteDecimal(monitor.Session.HaltTimeout);
        output.Write(" ms\n"u8);
        return true;
    }

    public static bool UnderReset(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        bool on = monitor.Session.ConnectUnderReset;
        if (!Argument.TrySwitch(ref arguments, ref on)) return Usage(output, "connect_srst [enable|disable]"u8);
        monitor.Session.ConnectUnderReset = on;
        State(output, "Hold nRESET during connect: "u8, on);
        return true;
    }

    public static bool Reset(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Session.Current is not { } target) return PulseReset(monitor, ref arguments, output);
        DebugFault fault = target.Reset();
        if (fault.Failed) return monitor.Fail(output, fault);
        output.Write("Target is reset and halted at its first instruction.\n"u8);
        return true;
    }

    public static bool PulseReset(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        DebugAccess access = monitor.Session.Access;
        monitor.Session.Detach();
        access.HoldReset = true;
        monitor.Wait(ResetPulse);
        bool reached = access.InReset;
        access.HoldReset = false;
        monitor.Wait(ResetPulse);
        if (access.InReset) return monitor.Fail(output, FaultKind.HeldInReset);
        output.Write(reached ? "nRESET pulsed.\n"u8 : "nRESET pulsed, but the pin stayed high: something drives it.\n"u8);
        return reached;
    }

    public static bool Power(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        DebugAccess access = monitor.Session.Access;
        if (!access.HasPowerSwitch)
        {
            output.Write("This board cannot feed the target.\n"u8);
            return false;
        }
        bool on = access.PowerOn;
        if (!Argument.TrySwitch(ref arguments, ref on)) return Usage(output, "tpwr [enable|disable]"u8);
        if (on != access.PowerOn) access.PowerOn = on;
        State(output, "Target power: "u8, on);
        return true;
    }

    public static bool Frequency(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        DebugAccess access = monitor.Session.Access;
        if (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (!Argument.TryFrequency(word, out uint hertz)) return Usage(output, "frequency [n|nk|nM]"u8);
            access.Frequency = hertz;
        }
        output.Write("SWCLK: "u8);
        Hertz(output, access.Frequency);
        output.Write(" (highest: "u8);
        Hertz(output, access.MaxFrequency);
        output.Write(")\n"u8);
        return true;
    }

    public static bool HeapInfo(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        Span<uint> info = monitor.Session.HeapInfo;
        if (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            Span<uint> given = stackalloc uint[4];
            for (int i = 0; i < given.Length; i++)
            {
                if (!Argument.TryHex(word, out given[i])) return Usage(output, "heapinfo heap_base heap_limit stack_base stack_limit"u8);
                arguments.TryTake(out word);
            }
            given.CopyTo(info);
        }
        Span<byte> buffer = stackalloc byte[96];
        var line = new ByteWriter(buffer);
        line.Write("heap "u8);
        line.WriteAddress(info[0]);
        line.Write(".."u8);
        line.WriteAddress(info[1]);
        line.Write(", stack "u8);
        line.WriteAddress(info[2]);
        line.Write(".."u8);
        line.WriteAddress(info[3]);
        line.Write((byte)'\n');
        output.Write(line.Written);
        return true;
    }

    internal static bool Usage(TextOutput output, ReadOnlySpan<byte> text)
    {
        output.Write("usage: "u8);
        output.Write(text);
        output.Write("\n"u8);
        return false;
    }

    internal static void State(TextOutput output, ReadOnlySpan<byte> what, bool on)
    {
        output.Write(what);
        output.Write(on ? "enabled\n"u8 : "disabled\n"u8);
    }

    private static void Hertz(TextOutput output, uint hertz)
    {
        if (hertz < 1_000_000)
        {
            output.WriteThousandths(hertz, 1);
            output.Write(" kHz"u8);
            return;
        }
        output.WriteThousandths(hertz / 1000, 3);
        output.Write(" MHz"u8);
    }
}
