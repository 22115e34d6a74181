namespace SharpProbe.Sim.Scs;

/// <summary>DWT_COMPn, DWT_MASKn and DWT_FUNCTIONn (DDI0403 C1.8.16 to C1.8.18).</summary>
public struct DwtComparator
{
    /// <summary>FUNCTION of an instruction address comparator.</summary>
    public const uint InstructionAddress = 4;

    /// <summary>Of FUNCTION: address offsets instead of the PC.</summary>
    public const uint EmitRange = 0x20;

    public uint Comparand;
    /// <summary>Number of low address bits that are ignored.</summary>
    public uint MaskBits;
    public uint Settings;
    public bool Matched;

    public readonly uint Function => Settings & 15;
    public readonly bool WatchesData => Function is 5 or 6 or 7;
    /// <summary>Sends packets instead of stopping the core: sampled PC (1, 3, 14, 15), data values (2, 3, 12 to 15), address offsets with EMITRANGE (DDI0403 table C1-14).</summary>
    public readonly bool Traces => Function is 1 or 2 or 3 or >= 12;
    public readonly bool TracesPc => (Settings & EmitRange) == 0 && Function is 1 or 3 or 14 or 15;
    public readonly bool TracesAddress => (Settings & EmitRange) != 0 && Function is 1 or 3 or 14 or 15;
    public readonly bool TracesData => Function is 2 or 3 or >= 12;
    public readonly bool ComparesValue => (Settings & 0x100) != 0;
    /// <summary>Bytes of a value comparison: DATAVSIZE.</summary>
    public readonly int ValueWidth => 1 << (int)(Settings >> 10 & 3);
    /// <summary>DATAVADDR0: the comparator that gives the address of a value comparison.</summary>
    public readonly int LinkedAddress => (int)(Settings >> 12 & 15);

    /// <summary>Watchpoints: 5 reads, 6 writes, 7 both. Trace: 12 and 14 reads, 13 and 15 writes, 1 to 3 both.</summary>
    public readonly bool Accepts(bool write) => Function is 7 or 1 or 2 or 3 || (write ? Function is 6 or 13 or 15 : Function is 5 or 12 or 14);

    public readonly bool Overlaps(uint address, uint size)
    {
        if (ComparesValue) return true;     // its address is another comparator's
        uint mask = (1u << (int)MaskBits) - 1, first = Comparand & ~mask;
        return address <= first + mask && first <= address + (size - 1);
    }
}
