namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>
/// One flash bank's erase or program operation under way. Whoever reads the bank meanwhile waits for its end, as the bus does; the contents change at the end, or
/// are torn where a reset or the loss of power comes before it.
/// </summary>
public sealed class FlashBusy(TimeBase time, MemoryRegion memory, FlashOperations operations)
{
    private TimeBase.Event? _end;
    private Action? _finish;
    private Action<double> _tear = null!;
    private FlashOperation _operation;
    private ulong _start, _until;
    private bool _cut;

    public bool Busy => _finish is not null;

    /// <param name="isErase">Erase, else programming.</param>
    /// <param name="offset">Of the first byte in the memory.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="duration">Femtoseconds.</param>
    /// <param name="finish">Changes the contents and the flags.</param>
    /// <param name="tear">Leaves the contents as an operation does that ends early, after this part of its time (0 to 1).</param>
    public void Begin(bool isErase, uint offset, uint size, ulong duration, Action finish, Action<double> tear)
    {
        _operation = operations.Begin(isErase, memory.Address + offset, size, duration);
        (_finish, _tear, _start) = (finish, tear, time.Now);
        ulong? cut = operations.Cut?.Invoke(_operation);
        _cut = cut <= duration;
        _until = _start + (_cut ? cut!.Value : duration);
        _end = time.At(_until, End);
        memory.OnRead = _ => Wait();
    }

    /// <summary>An operation that leaves the array alone (option bytes), and that a reset makes undone.</summary>
    public void Begin(ulong duration, Action finish)
    {
        (_finish, _tear, _start, _until, _cut) = (finish, _ => { }, time.Now, time.Now + duration, false);
        _end = time.At(_until, End);
        memory.OnRead = _ => Wait();
    }

    /// <summary>The bus master waits until the operation is over.</summary>
    public void Wait()
    {
        if (!Busy) return;
        time.Cycles = Math.Max(time.Cycles, time.CycleAt(_until));
        End();
    }

    /// <summary>A reset in the middle: what the cells hold is promised by nobody (RM0431 3.3.5, RM0433 4.3.13).</summary>
    public void Abort()
    {
        if (Busy) Tear();
    }

    private void End()
    {
        if (_cut && _until - _start < _operation.Duration) Tear();
        else
        {
            Release()();
            memory.OnRead = null;       // also tells the core that contents changed
        }
        if (_cut) operations.LosePower(_operation);
    }

    private void Tear()
    {
        Release();
        _tear(_operation.Duration == 0 ? 0 : (double)(time.Now - _start) / _operation.Duration);
        memory.OnRead = null;
    }

    private Action Release()
    {
        _end!.Cancel();
        var finish = _finish!;
        _finish = null;
        return finish;
    }
}
