using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;
using SharpProbe.Wire;

namespace SharpProbe.Monitoring;

/// <summary>swdp_scan, swd_scan, auto_scan, jtag_scan, targets.</summary>
static class ScanCommands
{
    public static bool Swd(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        uint targetSel = 0;
        if (arguments.TryTake(out ReadOnlySpan<byte> word) && !Argument.TryHex(word, out targetSel))
            return ConnectionCommands.Usage(output, "swdp_scan [targetsel in hexadecimal]"u8);
        monitor.Session.Access.UseSwd();
        return Scan(monitor, targetSel, "SW-DP scan failed!\n"u8, output);
    }

    /// <summary>Arguments: lengths of the TAPs' instruction registers, decimal, the TAP at TDO first.</summary>
    public static bool Jtag(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        Span<byte> lengths = stackalloc byte[TapChain.MaxTaps];
        int count = 0;
        while (arguments.TryTake(out ReadOnlySpan<byte> word))
        {
            if (count == lengths.Length || !Argument.TryNumber(word, out uint length) || length is 0 or > TapScan.MaxIrLength)
                return ConnectionCommands.Usage(output, "jtag_scan [irlen of 1 to 16 ...], of at most 32 TAPs, the one at TDO first"u8);
            lengths[count++] = (byte)length;
        }
        if (monitor.Session.Access.UseJtag(lengths[..count])) return Scan(monitor, 0, "JTAG device scan failed!\n"u8, output);
        output.Write("This probe has no JTAG.\n"u8);
        return false;
    }

    private static bool Scan(ProbeMonitor monitor, uint targetSel, ReadOnlySpan<byte> failed, TextOutput output)
    {
        DebugAccess access = monitor.Session.Access;
        int millivolts = access.TargetMillivolts;
        if (millivolts >= 0)
        {
            output.Write("Target voltage: "u8);
            output.WriteThousandths((uint)millivolts, 2);
            output.Write(" V\n"u8);
        }
        DebugFault fault = monitor.Session.Scan(targetSel);
        access.DescribeChain(output);
        if (fault.Ok) return List(monitor.Session, output);
        output.Write(failed);
        monitor.Fail(output, fault);
        output.Write(ScanAdvice.For(fault.Kind, access));
        if (fault.Kind == FaultKind.NoAccessPort) access.Describe(output);
        return false;
    }

    public static bool Targets(ProbeMonitor monitor, ref Words arguments, TextOutput output) => List(monitor.Session, output);

    public static bool Recover(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        uint number = 0;
        if (arguments.TryTake(out ReadOnlySpan<byte> word) && !Argument.TryNumber(word, out number)) return ConnectionCommands.Usage(output, "recover [number in the list of targets]"u8);
        DebugFault fault = monitor.Session.Recover((int)number - 1);
        return fault.Ok ? List(monitor.Session, output) : monitor.Fail(output, fault);
    }

    private static bool List(TargetSession session, TextOutput output)
    {
        if (session.Count == 0)
        {
            output.Write("No usable targets found.\n"u8);
            return false;
        }
        output.Write("Available Targets:\nNo. Att Driver\n"u8);
        for (int i = 0; i < session.Count; i++) Row(session[i], (uint)i + 1, output);
        return true;
    }

    private static void Row(DebugTarget target, uint number, TextOutput output)
    {
        Span<byte> buffer = stackalloc byte[96];
        var line = new ByteWriter(buffer);
        if (number < 10) line.Write((byte)' ');
        line.WriteDecimal(number);
        line.Write("   "u8);
        line.Write(target.Attached ? (byte)'*' : (byte)' ');
        line.Write("  "u8);
        line.Write(target.Driver);
        line.Write((byte)' ');
        line.Write(target.Core);
        line.Write((byte)'\n');
        output.Write(line.Written);
    }
}
