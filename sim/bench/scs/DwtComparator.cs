namespace SharpProbe.Sim.Scs;

/// <summary>DWT_COMPn, DWT_MASKn and DWT_FUNCTIONn (DDI0403 C1.8.16 to C1.8.18).</summary>
public struct DwtComparator
{
    /// <summary>FUNCTION of an instruction address comparator.</summary>
    public const uint InstructionAddress = 4;

    public uint Comparand;
    /// <summary>Number of low address bits that are ignored.</summary>
    public uint MaskBits;
    public uint Settings;
    public bool Matched;

    public readonly uint Function => Settings & 15;
    public readonly bool WatchesData => Function is 5 or 6 or 7;
    public readonly bool ComparesValue => (Settings & 0x100) != 0;
    /// <summary>Bytes of a value comparison: DATAVSIZE.</summary>
    public readonly int ValueWidth => 1 << (int)(Settings >> 10 & 3);
    /// <summary>DATAVADDR0: the comparator that gives the address of a value comparison.</summary>
    public readonly int LinkedAddress => (int)(Settings >> 12 & 15);

    /// <summary>5 reads, 6 writes, 7 both.</summary>
    public readonly bool Accepts(bool write) => Function == 7 || Function == (write ? 6u : 5u);

    public readonly bool Overlaps(uint address, uint size)
    {
        if (ComparesValue) return true;     // its address is another comparator's
        uint mask = (1u << (int)MaskBits) - 1, first = Comparand & ~mask;
        return address <= first + mask && first <= address + (size - 1);
    }
}
