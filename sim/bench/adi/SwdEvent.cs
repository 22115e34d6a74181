namespace SharpProbe.Sim.Adi;

/// <summary>Kind of an entry in the log of a port.</summary>
public enum SwdEvent : byte
{
    Transfer,
    LineReset,
    ToJtag,
    ToSwd,
    ToDormant,
    /// <summary>The port is locked until a line reset.</summary>
    ProtocolError,
    /// <summary>TARGETSEL named another one.</summary>
    Deselected,
}
