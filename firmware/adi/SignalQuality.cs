using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>Counts errors of the wire, and halves the clock when they come close together.</summary>
public sealed class SignalQuality(Swd wire, Clock clock)
{
    /// <summary>So many errors, each within <see cref="Window"/> ms of the one before, are too many.</summary>
    private const int Tolerated = 4;
    private const uint Window = 1000, Slowest = 100_000;

    private readonly Swd _wire = wire;
    private readonly Clock _clock = clock;
    private int _errors;
    private uint _last, _recovered;
    private bool _slowed;

    /// <summary>True once after the clock was lowered.</summary>
    public bool TakeSlowedDown()
    {
        bool slowed = _slowed;
        _slowed = false;
        return slowed;
    }

    public void Count()
    {
        uint now = _clock.Milliseconds;
        _errors = now - _last < Window ? _errors + 1 : 1;
        _last = now;
        if (_errors >= Tolerated) SlowDown();
    }

    /// <summary>Reads that RESEND saved since the last call count too.</summary>
    public void Watch()
    {
        for (; _recovered != _wire.Recovered; _recovered++) Count();
    }

    /// <summary>The clock was lowered; the user is to hear of it.</summary>
    public void Tell() => _slowed = true;

    private void SlowDown()
    {
        uint hertz = _wire.Frequency;
        _errors = 0;
        if (hertz <= Slowest) return;
        _wire.Frequency = Math.Max(hertz / 2, Slowest);
        _slowed = true;
    }
}
