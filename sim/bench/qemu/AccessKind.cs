namespace SharpProbe.Sim.Qemu;

/// <summary>How a row of the instruction table forms its address.</summary>
public enum AccessKind
{
    /// <summary>Rn ± immediate, before the access.</summary>
    Offset,
    /// <summary>Rn alone; the immediate is added afterwards.</summary>
    PostIndexed,
    /// <summary>Rn + (Rm shifted left by s).</summary>
    Register,
    /// <summary>Ascending from Rn; the register list r tells how far.</summary>
    ListUp,
    /// <summary>Descending below Rn.</summary>
    ListDown,
    /// <summary>Relative to SP, which points below the log: only stores need room.</summary>
    Stack,
    /// <summary>No memory: a register must hold a value with limited bits.</summary>
    Value,
}
