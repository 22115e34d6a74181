using System;

namespace SharpProbe.Wire;

/// <summary>
/// The wire: its owner, clock, supply and reset pins; and Serial Wire Debug at the level of bits and transactions (IHI 0031). The layers above see this class; <see cref="Swd{TPins}"/> has the loops. After each call SWCLK is high and the probe
/// drives SWDIO. No idle clocks are added: whoever stops clocking after a transaction calls <see cref="Idle"/>.
/// </summary>
public abstract class Swd : DebugLink
{
    public abstract bool Connected { get; }

    /// <summary>Takes the pins. Measures what each setting of the clock gives when called for the first time.</summary>
    public abstract void Connect();

    /// <summary>Lets the pins go.</summary>
    public abstract void Disconnect();

    /// <summary>SWCLK in Hz: setting asks, reading tells what the pin does: never above, and the nearest that the core can make.</summary>
    public abstract uint Frequency { get; set; }

    /// <summary>What the pin does when nothing slows it.</summary>
    public abstract uint MaxFrequency { get; }

    /// <summary>What <see cref="Frequency"/> was last set to.</summary>
    public abstract uint AskedFrequency { get; }

    /// <summary>What the delays are derived from. Measures it when called for the first time.</summary>
    public abstract WireCalibration Calibration { get; }

    /// <summary>
    /// Replaces the measured numbers: a delay turn is taken to last as <paramref name="loops"/> says, and a clock of <paramref name="hertz"/> or more to need none. The measured numbers change nothing.
    /// False: not half and not twice what was measured, or a clock below <see cref="MinFrequency"/> or above the core's.
    /// </summary>
    public abstract bool TryCalibrate(uint loops, uint hertz);

    /// <summary>Counts <see cref="TryCalibrate"/> and <see cref="Calibrate"/>: JTAG, whose loops are its own, follows.</summary>
    public uint CalibrationVersion { get; protected set; }

    /// <summary>Counts <see cref="Calibrate"/>: JTAG measures its loops anew.</summary>
    public uint MeasurementVersion { get; protected set; }

    /// <summary>Delay turns that were set, and that were measured, for the same time; 1 and 1: nothing was set.</summary>
    public uint SetLoops { get; protected set; } = 1;

    /// <inheritdoc cref="SetLoops"/>
    public uint MeasuredLoops { get; protected set; } = 1;

    /// <summary>Measures anew, and forgets what was set. Lets the pins go.</summary>
    public abstract void Calibrate();

    /// <summary>So many clocks with SWDIO high, however many.</summary>
    public abstract void Toggle(int clocks);

    /// <summary>The lowest frequency that can be asked for; less gives this.</summary>
    public const uint MinFrequency = 1_000;

    /// <summary>Who may use the wire.</summary>
    public WireOwner Owner { get; } = new();

    /// <summary>Clocks of a turnaround, 1 to 4: the target's WCR or DLCR has the same (IHI 0031, "DLCR").</summary>
    public abstract int Turnaround { get; set; }

    /// <summary>WAIT and FAULT are followed by a data phase as OK is: what a target with ORUNDETECT set expects (IHI 0031, "Sticky overrun behavior").</summary>
    public abstract bool DataPhase { get; set; }

    /// <summary>Core cycles, of which there are <see cref="TicksPerSecond"/>; wraps.</summary>
    public abstract uint Ticks { get; }

    public abstract uint TicksPerSecond { get; }

    /// <summary>What the pins show: SWCLK in bit 0, SWDIO in bit 1.</summary>
    public abstract uint Levels { get; }

    /// <summary>Sets the pins whose bit is set in <paramref name="which"/>; bits as <see cref="Levels"/>. The next transaction begins with a falling edge wherever SWCLK is.</summary>
    public abstract void SetLevels(uint levels, uint which);

    /// <summary>Lets SWDIO go for some calls of <see cref="Sample"/>; the probe drives it again after <see cref="Drive"/>.</summary>
    public abstract void Release();

    public abstract void Drive();

    /// <summary>Reads up to 32 bits, first one lowest, and leaves SWDIO as it is.</summary>
    public abstract uint Sample(int count);

    /// <summary>Writes up to 32 bits, lowest first.</summary>
    public abstract void Out(uint bits, int count);

    /// <summary>Lets SWDIO go, reads up to 32 bits, first one lowest, and drives SWDIO again.</summary>
    public abstract uint In(int count);

    /// <summary>Write of TARGETSEL, which nobody acknowledges (IHI 0031, "TARGETSEL").</summary>
    public abstract void WriteTargetSel(uint value);

    public abstract bool HoldReset { get; set; }
    public abstract bool InReset { get; }
    public abstract int TargetMillivolts { get; }
    public abstract bool HasPowerSwitch { get; }
    public abstract bool PowerOn { get; set; }

    public override void Idle(int clocks = 8)
    {
        for (; clocks > 32; clocks -= 32) Out(0, 32);
        if (clocks > 0) Out(0, clocks);
    }
}
