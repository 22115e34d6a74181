using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>Identification of a Kinetis' debug port, and what its MDM-AP does in its own way.</summary>
/// <param name="Core">Of the core.</param>
/// <param name="Dpidr">SW-DP.</param>
/// <param name="ApIdr">AHB-AP.</param>
/// <param name="RomBase">BASE of the AHB-AP.</param>
/// <param name="MdmIdr">MDM-AP.</param>
/// <param name="ErasesAfterReset">A mass erase that was asked for in a reset begins at its end (MKE02Z64M20SF0RM 18.3.7.2).</param>
public sealed record MdmPorts(CoreFeatures Core, uint Dpidr, uint ApIdr, uint RomBase, uint MdmIdr, bool ErasesAfterReset = false);
