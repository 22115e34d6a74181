namespace SharpProbe.Target;

/// <summary>Why a target's core stands still, or that it does not.</summary>
public enum StopReason : byte
{
    Running,
    Request,        // halted because the debugger asked
    Step,
    Breakpoint,     // hardware comparator or BKPT
    WatchWrite,     // address: what was accessed
    WatchRead,
    WatchAccess,
    Fault,          // vector catch
    Exited,         // semihosting exit; address: the code
    Lost,           // the wire says why
}
