namespace SharpProbe.Wire;

/// <summary>
/// The pins of a wire to a target. A type parameter with static members, so that each call below is one or two stores in the caller's own code.
/// Edges and levels are those of the pins on the connector.
/// </summary>
public interface IWirePins
{
    /// <summary>Core clock in Hz: the unit of <see cref="Cycles"/>.</summary>
    static abstract uint CoreHertz { get; }

    /// <summary>A counter of core cycles; wraps.</summary>
    static abstract uint Cycles { get; }

    /// <summary>Spends time: so many turns of a loop, 0 or more. How long that is gets measured.</summary>
    static abstract void Wait(uint turns);

    /// <summary>Which bit SWDIO is in <see cref="Fall(uint)"/> and <see cref="Input"/>; a constant, 0 to 31.</summary>
    static abstract int SwdioBit { get; }

    /// <summary>SWCLK low; SWDIO's latch stays.</summary>
    static abstract void Fall();

    /// <summary>SWCLK low and SWDIO to a level: the argument is 0 or 1 &lt;&lt; <see cref="SwdioBit"/>. SWDIO changes not after SWCLK.</summary>
    static abstract void Fall(uint swdio);

    static abstract void Rise();

    /// <summary>Levels, SWDIO at <see cref="SwdioBit"/>; other bits are anything.</summary>
    static abstract uint Input { get; }

    /// <summary>The probe drives SWDIO, at the level that was written last.</summary>
    static abstract void Drive();

    /// <summary>The target may drive SWDIO.</summary>
    static abstract void Release();

    /// <summary>SWCLK and SWDIO become outputs, both high; nRESET is let go.</summary>
    static abstract void Connect();

    /// <summary>SWCLK, SWDIO and nRESET are let go.</summary>
    static abstract void Disconnect();

    /// <summary>Whether the probe pulls nRESET low (open drain).</summary>
    static abstract bool HoldReset { get; set; }

    /// <summary>nRESET is low, whoever pulls it.</summary>
    static abstract bool InReset { get; }

    /// <summary>Target supply in mV, or -1 where the board cannot measure it.</summary>
    static abstract int TargetMillivolts { get; }

    static abstract bool HasPowerSwitch { get; }

    /// <summary>Target power switch; off until set.</summary>
    static abstract bool PowerOn { get; set; }
}
