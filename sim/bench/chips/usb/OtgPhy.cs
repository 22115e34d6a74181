namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The transceiver behind an OTG core, as far as the core and the cable notice it.</summary>
public abstract class OtgPhy
{
    /// <summary>It can chirp and run at 480 Mbit/s.</summary>
    public abstract bool HighSpeed { get; }

    /// <summary>The bit of GCCFG that turns it on, with its name.</summary>
    public abstract BitName Power { get; }

    /// <summary>Why the core gets no clock from it, in words; null: it does. <paramref name="fullSpeedSelected"/>: GUSBCFG.PHYSEL.</summary>
    public abstract string? NoClock(bool fullSpeedSelected, bool powered);

    /// <summary>Why D+ and D- do not reach the connector, in words; null: they do.</summary>
    public abstract string? NoLine { get; }
}
