namespace SharpProbe.Adi;

/// <summary>One MEM-AP that a scan found, and what its ROM table says. Its memory is the base class.</summary>
public abstract class AccessPort : MemoryBus
{
    /// <summary>Number on its debug port; with ADIv6 its address there.</summary>
    public abstract uint Index { get; }

    /// <summary>IDR: bits 31:28 revision, 27:17 designer, 16:13 class (8: MEM-AP), 7:4 variant, 3:0 type.</summary>
    public abstract uint Idr { get; }

    /// <summary>BASE as read.</summary>
    public abstract uint Base { get; }

    /// <summary>Of the ROM table at <see cref="Base"/>: JEP106 continuation count (bits 10:7) and code (6:0); 0 where unreadable.</summary>
    public abstract ushort Designer { get; }

    /// <summary>Part number in the ROM table's PIDR0 and PIDR1; 0 where unreadable.</summary>
    public abstract ushort Part { get; }

    /// <summary>Of the debug port.</summary>
    public abstract uint DpIdr { get; }

    /// <summary>TARGETID of a DPv2; 0 for older ones.</summary>
    public abstract uint TargetId { get; }
}
