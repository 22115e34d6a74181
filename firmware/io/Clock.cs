namespace SharpProbe.Io;

/// <summary>Time since start-up, for time limits. Both wrap: compare differences.</summary>
public abstract class Clock
{
    public abstract uint Microseconds { get; }

    public abstract uint Milliseconds { get; }
}
