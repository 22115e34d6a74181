using System.Runtime.CompilerServices;

namespace SharpProbe.Sim.Usb;

/// <summary>Lets "async" methods return <see cref="HostTask{T}"/>.</summary>
public struct HostTaskBuilder<T>
{
    public HostTask<T> Task { get; private init; }

    public static HostTaskBuilder<T> Create() => new() { Task = new() };
    public readonly void Start<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine => machine.MoveNext();
    public readonly void SetStateMachine(IAsyncStateMachine machine) { }
    public readonly void SetResult(T result) => Task.Complete(result);
    public readonly void SetException(Exception error) => Task.Fail(error);

    public readonly void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine
    {
        IAsyncStateMachine boxed = machine;
        awaiter.OnCompleted(boxed.MoveNext);
    }

    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine => AwaitOnCompleted(ref awaiter, ref machine);
}
