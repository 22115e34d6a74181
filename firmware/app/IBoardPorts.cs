using System;

namespace SharpProbe.App;

/// <summary>What the idle firmware asks of a board.</summary>
public interface IBoardPorts
{
    /// <summary>Time since start-up; wraps after 49 days.</summary>
    static abstract uint Milliseconds { get; }

    static abstract void SetLed(bool on);

    /// <summary>The next byte from the console.</summary>
    static abstract bool TryRead(out byte value);

    /// <summary>Queues what fits for the console; never waits.</summary>
    static abstract int Write(ReadOnlySpan<byte> text);

    static abstract void FeedWatchdog();

    /// <summary>Waits for the next interrupt, at most a millisecond.</summary>
    static abstract void Sleep();

    /// <summary>Does not return.</summary>
    static abstract void Reset();
}
