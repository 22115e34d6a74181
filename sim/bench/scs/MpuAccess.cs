namespace SharpProbe.Sim.Scs;

/// <summary>What the MPU allows at an address; the same bits say what an access needs.</summary>
[Flags]
public enum MpuAccess : byte
{
    None = 0,
    PrivilegedRead = 1,
    PrivilegedWrite = 2,
    UserRead = 4,
    UserWrite = 8,
    /// <summary>Instructions may be fetched, if reading is allowed too.</summary>
    Execute = 16,
    All = PrivilegedRead | PrivilegedWrite | UserRead | UserWrite | Execute,
}
