using System;
using SharpProbe.Io;
using SharpProbe.Settings;
using SharpProbe.Wire;

namespace SharpProbe.Monitoring;

/// <summary>calibrate: what the delays of SWCLK are derived from, and a square wave to see whether they are right.</summary>
static class CalibrateCommand
{
    public static bool Run(ProbeMonitor monitor, ref Words arguments, TextOutput output)
    {
        if (monitor.Wire is not { } wire)
        {
            output.Write("This probe has no wire.\n"u8);
            return false;
        }
        if (!arguments.TryTake(out ReadOnlySpan<byte> word)) return Tell(wire, output);
        if (word.SequenceEqual("off"u8) || word.SequenceEqual("measure"u8)) return Measure(monitor, wire, output);
        if (word.SequenceEqual("wave"u8)) return Wave(monitor, wire, ref arguments, output);
        if (!Argument.TryNumber(word, out uint loops) || !arguments.TryTake(out word) || !Argument.TryFrequency(word, out uint hertz) || arguments.TryTake(out _))
            return ConnectionCommands.Usage(output, "calibrate [off | loops hertz | wave hertz]"u8);
        return Set(monitor, wire, loops, hertz, output);
    }

    private static bool Set(ProbeMonitor monitor, Swd wire, uint loops, uint hertz, TextOutput output)
    {
        if (!wire.Owner.IsFreeFor(WireUser.Wave)) return InUse(output);
        if (!wire.TryCalibrate(loops, hertz))
        {
            output.Write("That is not half or twice what was measured, so it is no calibration of this firmware.\n"u8);
            return false;
        }
        return Store(monitor, loops, hertz, output) && Tell(wire, output);
    }

    private static bool Measure(ProbeMonitor monitor, Swd wire, TextOutput output)
    {
        if (!wire.Owner.IsFreeFor(WireUser.Wave)) return InUse(output);
        wire.Calibrate();
        return (monitor.Settings is not { } settings || SettingsCommands.Told(settings.ForgetCalibration(), output)) && Tell(wire, output);
    }

    private static bool Wave(ProbeMonitor monitor, Swd wire, ref Words arguments, TextOutput output)
    {
        if (!arguments.TryTake(out ReadOnlySpan<byte> word) || !Argument.TryFrequency(word, out uint hertz)) return ConnectionCommands.Usage(output, "calibrate wave [n|nk|nM]"u8);
        if (monitor.Wave is not { } wave || !wave.TryStart(hertz)) return InUse(output);
        output.Write("SWCLK is a square wave of "u8);
        output.WriteDecimal(wire.Frequency);
        output.Write(" Hz in bursts, until a key or the next command\n"u8);
        return true;
    }

    private static bool Store(ProbeMonitor monitor, uint loops, uint hertz, TextOutput output)
    {
        if (monitor.Settings is { } settings) return SettingsCommands.Told(settings.KeepCalibration(loops, hertz), output);
        output.Write("Until the next start only: this probe has no memory for settings.\n"u8);
        return true;
    }

    private static bool InUse(TextOutput output)
    {
        output.Write("The wire is in use: detach gdb, or end the CMSIS-DAP session.\n"u8);
        return false;
    }

    private static bool Tell(Swd wire, TextOutput output)
    {
        WireCalibration calibration = wire.Calibration;
        output.Write("calibration: "u8);
        output.WriteDecimal(calibration.Loops);
        output.Write(" "u8);
        output.WriteDecimal(calibration.Hertz);
        output.Write(calibration.IsSet ? " (delay loops for 1 kHz, fastest clock in Hz; set)\n"u8 : " (delay loops for 1 kHz, fastest clock in Hz; measured)\n"u8);
        return true;
    }
}
