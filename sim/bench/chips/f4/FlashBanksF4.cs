namespace SharpProbe.Sim.Chips.F4;

/// <summary>What gives a flash of the F4's design a second bank.</summary>
public enum FlashBanksF4
{
    /// <summary>Nothing.</summary>
    One,
    /// <summary>More than 1 MB, or 1 MB and OPTCR.DB1M (RM0090 3.4).</summary>
    BySize,
    /// <summary>OPTCR.nDBANK = 0; sectors have half the size then (RM0410 3.3.2).</summary>
    ByOption,
}
