using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Hosting;

namespace SharpProbe.Target;

/// <summary>The wire, the targets found on it, and the settings that monitor commands change. What the gdb server works with; there is one for the probe.</summary>
public abstract class TargetSession
{
    public abstract DebugAccess Access { get; }

    /// <summary>Finds targets; those of an earlier scan are gone. <see cref="FaultKind.NoAccessPort"/> when there is none.</summary>
    public abstract DebugFault Scan(uint targetSel);

    public abstract int Count { get; }

    /// <summary>From 0; gdb's users count from 1.</summary>
    public abstract DebugTarget this[int index] { get; }

    /// <summary>The attached target, or null.</summary>
    public abstract DebugTarget? Current { get; }

    /// <summary>Attaches to a target of the list (detaching from another).</summary>
    public abstract DebugFault Attach(int index);

    /// <summary>Opens a chip by its maker's own port, which erases what that port erases, and scans again. <see cref="FaultKind.Unsupported"/>: the last scan found no such port.</summary>
    /// <param name="index">Of the list; negative: the first port that there is.</param>
    public virtual DebugFault Recover(int index) => FaultKind.Unsupported;

    /// <summary>Detaches if attached.</summary>
    public abstract DebugFault Detach();

    /// <summary>Holds nRESET during scan and attach.</summary>
    public abstract bool ConnectUnderReset { get; set; }

    /// <summary>How long a halt may take, in ms; 2000 at start.</summary>
    public abstract uint HaltTimeout { get; set; }

    /// <summary>SYS_HEAPINFO's four words: heap base, heap limit, stack base, stack limit.</summary>
    public abstract Span<uint> HeapInfo { get; }

    public SemihostingOptions Semihosting { get; } = new();

    /// <summary>SYS_GET_CMDLINE's text, set by vRun.</summary>
    public abstract ReadOnlySpan<byte> CommandLine { get; }

    /// <summary>Longer text is cut off.</summary>
    public abstract void SetCommandLine(ReadOnlySpan<byte> text);
}
