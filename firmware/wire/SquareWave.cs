using System;

namespace SharpProbe.Wire;

/// <summary>
/// SWCLK goes up and down for an oscilloscope, by the loops that a target would see, while SWDIO stays high. In bursts of about a millisecond: between them is the rest of the probe's turn.
/// </summary>
public sealed class SquareWave(Swd wire)
{
    /// <summary>Fewest clocks of a burst, so that a slow wave is one too.</summary>
    private const uint Least = 16;

    private uint _before;

    public bool Active { get; private set; }

    /// <summary>Takes the wire and begins; <see cref="Swd.Frequency"/> tells what came of it. False: somebody else has the wire.</summary>
    public bool TryStart(uint hertz)
    {
        if (!wire.Owner.TryTake(WireUser.Wave)) return false;
        if (!Active) _before = wire.AskedFrequency;
        Active = true;
        wire.Connect();
        wire.Frequency = hertz;
        return true;
    }

    /// <summary>Lets the wire go; its clock is as it was before.</summary>
    public void Stop()
    {
        if (!Active) return;
        Active = false;
        wire.Disconnect();
        wire.Frequency = _before;
        wire.Owner.Release(WireUser.Wave);
    }

    /// <summary>A burst, if it is on.</summary>
    public void Poll()
    {
        if (Active) wire.Toggle((int)Math.Max(wire.Frequency / 1000, Least));
    }
}
