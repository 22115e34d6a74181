namespace SharpProbe.Conformance;

/// <summary>What the probe says about itself, and what was found at its other end. Boundaries of cases depend on it.</summary>
sealed class ProbeFacts
{
    public int PacketSize { get; set; } = 64;
    public int PacketCount { get; set; } = 1;
    public Need Claims { get; set; }

    /// <summary>Of the test domain timer; 0: it does not say.</summary>
    public uint TimerHertz { get; set; }

    public string Name { get; set; } = "";
    public string Serial { get; set; } = "";
    public string Version { get; set; } = "";

    /// <summary>Memory of the target that the suite may write.</summary>
    public uint Ram { get; set; } = 0x2000_0000;
    public int RamSize { get; set; } = 4096;

    /// <summary>SWCLK in Hz for cases that do not set it.</summary>
    public uint Clock { get; set; } = 1_000_000;

    /// <summary>The target's DPIDR; 0: no target answers.</summary>
    public uint DebugPort { get; set; }

    /// <summary>An address that the target's bus answers with an error.</summary>
    public uint? Hole { get; set; }

    /// <summary>How many random bytes it is sent.</summary>
    public int RandomBytes { get; set; }

    /// <summary>A vendor's commands may be tried.</summary>
    public bool TryVendor { get; set; }

    /// <summary>IDCODEs of the JTAG chain, from TDO; empty: none answers.</summary>
    public uint[] Chain { get; set; } = [];

    /// <summary>Bits of the first device's instruction register.</summary>
    public int InstructionBits { get; set; } = 4;
}
