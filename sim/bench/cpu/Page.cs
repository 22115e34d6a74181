namespace SharpProbe.Sim.Cpu;

/// <summary>Direct ways into 4 KB of the address space; null where every access must take the long way.</summary>
internal unsafe struct Page
{
    public const int Bits = 12;
    public const uint Bytes = 1 << Bits;
    public const uint Mask = Bytes - 1;

    /// <summary>Host address of the memory minus the simulated address of the page, so that adding the address gives the byte.</summary>
    public byte* Read, Write;
    /// <summary>Decoded instructions, one for each halfword.</summary>
    public Op* Ops;
    /// <summary>Core cycles that a load takes longer than one from TCM when the D-cache does not have it.</summary>
    public uint ReadExtra;
    /// <summary>Core cycles that the next 32 bytes of code take when the I-cache does not have them.</summary>
    public uint FetchExtra;
}
