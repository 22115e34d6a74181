using System;

namespace SharpProbe.Rtt;

/// <summary>How often a running target's memory is looked at, so that the wire is gdb's too: while data comes, a fourth of the time is left to gdb; while RAM is searched, most of it; when nothing comes, less and less is taken.</summary>
struct LookPace
{
    private uint _lookedAt, _pause, _patience;                 // µs

    public void Restart() => _pause = _patience = 0;

    public readonly bool IsDue(uint now) => now - _lookedAt >= _pause;

    /// <summary>A look that found nothing.</summary>
    public void Rest(uint now, uint shortest, uint longest)
    {
        _lookedAt = now;
        _pause = _patience = Math.Clamp(_patience * 2, Math.Min(shortest, longest), longest);
    }

    /// <summary>A look from <paramref name="start"/> on that found something.</summary>
    public void GoOn(uint start, uint now)
    {
        (_lookedAt, _patience) = (now, 0);
        _pause = (now - start) / 3;
    }

    /// <summary>A look at a part of something long.</summary>
    public void Search(uint start, uint now)
    {
        _lookedAt = now;
        _pause = (now - start) * 4;
    }
}
