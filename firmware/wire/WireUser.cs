namespace SharpProbe.Wire;

/// <summary>What may hold the wire.</summary>
public enum WireUser : byte
{
    Nobody,
    Gdb,
    DapHid,
    DapBulk,

    /// <summary><see cref="SquareWave"/>.</summary>
    Wave,
}
