namespace SharpProbe.Wire;

/// <summary>
/// The pins of a wire to a target, SWCLK and SWDIO on one port. A type parameter with static members, so that each call below is one or two stores in the caller's own code.
/// Levels are those of the pins on the connector.
/// </summary>
public interface IWirePins
{
    /// <summary>Core clock in Hz: the unit of <see cref="Cycles"/>.</summary>
    static abstract uint CoreHertz { get; }

    /// <summary>A counter of core cycles; wraps.</summary>
    static abstract uint Cycles { get; }

    /// <summary>Spends time: so many turns of a loop, 0 or more. How long that is gets measured.</summary>
    static abstract void Wait(uint turns);

    /// <summary>Pin numbers in the words of <see cref="Store"/> and <see cref="Load"/>, 0 to 15.</summary>
    static abstract int Swclk { get; }
    static abstract int Swdio { get; }

    /// <summary>For the first argument of the calls below: the caller keeps it in a register.</summary>
    static abstract nuint Port { get; }

    /// <summary>Pins whose bit is set in the lower half go high; those of the upper half go low where the lower half says nothing. All at once.</summary>
    static abstract void Store(nuint port, uint word);

    /// <summary>Levels; bits of other pins are anything.</summary>
    static abstract uint Load(nuint port);

    /// <summary>The probe drives SWDIO, at the level that was stored last.</summary>
    static abstract void Drive();

    /// <summary>The target may drive SWDIO.</summary>
    static abstract void Release();

    /// <summary>Something beside the pins clocks words in, faster than stores and loads do.</summary>
    static abstract bool HasShifter { get; }

    /// <summary>Chooses the shifter's clock: the fastest that is not faster than asked; 0: there is none. For the calls of <see cref="ShiftIn"/> that follow.</summary>
    static abstract uint SetShifter(uint hertz);

    /// <summary>32 bits, the first one lowest, while SWDIO is released; SWCLK is high before and after.</summary>
    static abstract uint ShiftIn();

    /// <summary>SWCLK and SWDIO become outputs, both high; nRESET stays as it is: a target may be held in reset while the wire is taken.</summary>
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
