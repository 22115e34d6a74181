namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>
/// One flash bank's erase or program operation under way. Whoever reads the bank meanwhile waits for its end, as the bus does; the contents change at the end.
/// </summary>
public sealed class FlashBusy(TimeBase time, MemoryRegion memory)
{
    private TimeBase.Event? _end;
    private Action? _finish;
    private ulong _until;

    public bool Busy => _finish is not null;

    /// <param name="duration">Femtoseconds.</param>
    /// <param name="finish">Changes the contents and the flags.</param>
    public void Begin(ulong duration, Action finish)
    {
        _finish = finish;
        _until = time.Now + duration;
        _end = time.At(_until, Finish);
        memory.OnRead = _ => Wait();
    }

    /// <summary>The bus master waits until the operation is over.</summary>
    public void Wait()
    {
        if (!Busy) return;
        time.Cycles = Math.Max(time.Cycles, time.CycleAt(_until));
        Finish();
    }

    /// <summary>A reset in the middle: the contents stay as they were, where silicon promises nothing.</summary>
    public void Abort()
    {
        if (!Busy) return;
        _end!.Cancel();
        _finish = null;
        memory.OnRead = null;
    }

    private void Finish()
    {
        _end!.Cancel();
        var finish = _finish!;
        _finish = null;
        finish();
        memory.OnRead = null;       // also tells the core that contents changed
    }
}
