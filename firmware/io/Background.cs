namespace SharpProbe.Io;

/// <summary>The rest of the probe, as a long job sees it. A job that takes longer than a few ms calls <see cref="Run"/> at least that often: it feeds the watchdog and serves the other ports.</summary>
public abstract class Background
{
    /// <summary>One round. Never enters the job that calls it.</summary>
    public abstract void Run();

    /// <summary>A round of somebody who waits for what takes long: where nothing is to be done the core sleeps, a millisecond at most.</summary>
    public virtual void Rest() => Run();

    /// <summary>It wants the next round at once: no time to sleep.</summary>
    public virtual bool Busy => false;
}
