using SharpProbe.Adi;

namespace SharpProbe.Target;

/// <summary>State of a target's core at one poll.</summary>
public readonly struct StopInfo(StopReason reason, uint address = 0, DebugFault fault = default)
{
    public StopReason Reason { get; } = reason;

    /// <summary>Data address of a watchpoint; exit code of a program that ended.</summary>
    public uint Address { get; } = address;

    /// <summary>For <see cref="StopReason.Lost"/>.</summary>
    public DebugFault Fault { get; } = fault;
}
