namespace SharpProbe.Sim.Adi;

/// <summary>What may be wrong with the wires of a chain.</summary>
public sealed class JtagFaults
{
    private int _corrupt;

    /// <summary>TDO shows this whatever the chain does; null: it works.</summary>
    public bool? StuckTdo { get; set; }

    /// <summary>The connection behind this TAP, counted from TDI, is open: the next one's TDI is pulled up. -1: that to the first. Null: whole.</summary>
    public int? BrokenAfter { get; set; }

    /// <summary>The k-th bit that TDO shows from now arrives wrong; 1 is the next.</summary>
    public void CorruptBit(int k) => _corrupt = k;

    internal bool Seen(bool bit) => StuckTdo ?? bit ^ (_corrupt > 0 && --_corrupt == 0);
}
