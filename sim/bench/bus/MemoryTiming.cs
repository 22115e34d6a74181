namespace SharpProbe.Sim;

/// <summary>Which row of the cycle cost table a memory belongs to.</summary>
public enum MemoryTiming
{
    /// <summary>ITCM or DTCM RAM: no wait state, at core clock.</summary>
    Tcm,
    /// <summary>Internal flash: wait states behind the ART accelerator (F7) or the caches (H7).</summary>
    Flash,
    /// <summary>System RAM behind AXI: wait states, hidden by the D-cache when it is on.</summary>
    Axi,
    /// <summary>RAM on AHB.</summary>
    Ahb,
}
