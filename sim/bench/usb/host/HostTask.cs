using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace SharpProbe.Sim.Usb;

/// <summary>
/// The result of a job of the host that takes simulated time. Unlike Task it never leaves the thread and its order of events: the continuation runs inside the event
/// that ends the job, so a run repeats exactly.
/// </summary>
[AsyncMethodBuilder(typeof(HostTaskBuilder<>))]
public sealed class HostTask<T> : INotifyCompletion
{
    private Action? _continuation;
    private ExceptionDispatchInfo? _error;
    private T _result = default!;

    public bool IsCompleted { get; private set; }

    public HostTask<T> GetAwaiter() => this;

    public T GetResult()
    {
        _error?.Throw();
        return IsCompleted ? _result : throw new InvalidOperationException("the job is still under way: let simulated time pass");
    }

    public void OnCompleted(Action continuation) => _continuation = continuation;

    internal void Complete(T result)
    {
        (_result, IsCompleted) = (result, true);
        _continuation?.Invoke();
    }

    /// <summary>Nobody waits: the exception (a BenchStop) goes up through the event that caused it.</summary>
    internal void Fail(Exception error)
    {
        (_error, IsCompleted) = (ExceptionDispatchInfo.Capture(error), true);
        if (_continuation is null) _error.Throw();
        _continuation!();
    }
}
