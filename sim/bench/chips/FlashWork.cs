namespace SharpProbe.Sim.Chips;

/// <summary>
/// What a target's flash controller has under way. Contents change when an operation begins; until it ends, whoever wants its memory waits, as on the bus of a real part.
/// The core's clock can be stopped for that; the debug port learns from <see cref="EndDebugAccess"/> until when it waits.
/// </summary>
/// <param name="time">The target's.</param>
/// <param name="together">Memories that wait as a whole, whichever of them is at work.</param>
public sealed class FlashWork(TimeBase time, params MemoryRegion[] together)
{
    private TimeBase.Event? _event;
    private ulong _until;
    private Action? _end;
    private (MemoryRegion Region, uint Offset, uint Size)? _job;

    public bool Busy => _event is not null;

    /// <summary>Since <see cref="Forget"/>: femtoseconds at which the first operation began, at which the last ends, and that all of them take. All 0: there was none.</summary>
    public (ulong First, ulong Last, ulong Sum) Operations { get; private set; }

    public void Forget() => Operations = default;

    /// <summary>The access under way is the debug port's.</summary>
    public bool ForDebugPort { get; private set; }

    private ulong _readyAt;

    /// <summary>The debug port's next access begins.</summary>
    public void BeginDebugAccess() => ForDebugPort = true;

    /// <summary>It is over for the bus. Returns the time in femtoseconds at which it is complete; 0: at once.</summary>
    public ulong EndDebugAccess()
    {
        ulong at = _readyAt;
        (ForDebugPort, _readyAt) = (false, 0);
        return at;
    }

    /// <param name="region">What is erased or programmed.</param>
    /// <param name="first">First byte, and <paramref name="length"/> bytes, that cannot be read meanwhile: the whole bank.</param>
    /// <param name="torn">Offset and size of what a reset in the middle spoils.</param>
    /// <param name="start">Femtoseconds: as <see cref="Wait"/> returned it, or now.</param>
    /// <param name="duration">Femtoseconds.</param>
    /// <param name="end">Flags.</param>
    public void Begin(MemoryRegion region, uint first, uint length, (uint Offset, uint Size) torn, ulong start, ulong duration, Action end)
    {
        if (Busy) End();
        (_job, _end, _until) = ((region, torn.Offset, torn.Size), end, start + duration);
        _event = time.At(_until, End);
        Note(start, duration);
        foreach (var other in together) other.OnRead = _ => Wait();
        if (!together.Contains(region)) region.OnRead = offset => { if (offset - first < length) Wait(); };      // setting it also tells the core that contents changed
    }

    /// <summary>Counts an operation that begins at a time in femtoseconds.</summary>
    public void Note(ulong start, ulong duration) => Operations = (Operations.Sum == 0 ? start : Operations.First, start + duration, Operations.Sum + duration);

    /// <summary>Waits for the operation under way. Returns the time in femtoseconds at which it is over, or now.</summary>
    public ulong Wait()
    {
        if (!Busy) return time.Now;
        ulong until = _until;
        if (ForDebugPort) _readyAt = until;
        else time.Cycles = Math.Max(time.Cycles, time.CycleAt(until));
        // Nothing that the debug port does can come before that time, so that for it the end may be seen early.
        End();
        return until;
    }

    /// <summary>Reset or power lost in the middle: what was being written is neither old nor new.</summary>
    public void Abort()
    {
        if (_job is not { } job) return;
        new Random((int)job.Offset).NextBytes(job.Region.Span.Slice((int)job.Offset, (int)job.Size));
        Finish();
    }

    private void End()
    {
        var end = _end;
        Finish();
        end?.Invoke();
    }

    private void Finish()
    {
        _event?.Cancel();
        var region = _job?.Region;
        (_event, _job, _end) = (null, null, null);
        if (region is not null) region.OnRead = null;
        foreach (var other in together) other.OnRead = null;
    }
}
