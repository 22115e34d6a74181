namespace SharpProbe.Sim.Adi;

/// <summary>Where a transfer on the wire is, seen from the target; one rising edge of SWCLK each step.</summary>
public enum SwdPhase : byte
{
    /// <summary>Low is idle, high is a start bit.</summary>
    Idle,
    Request,
    /// <summary>Turnaround from host to target.</summary>
    TurnToTarget,
    /// <summary>Acknowledge, and of a read the data and parity behind it: the target drives.</summary>
    Answer,
    /// <summary>Turnaround from target to host.</summary>
    TurnToHost,
    WriteData,
    /// <summary>Ignores the wire until a line reset: before the first one, and after a protocol error.</summary>
    Locked,
    /// <summary>DPv2: TARGETSEL named another one.</summary>
    Deselected,
}
