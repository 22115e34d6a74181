namespace SharpProbe.Adi;

/// <summary>What a CoreSight component says of itself (IHI 0029, "Component and Peripheral ID registers").</summary>
/// <param name="kind">Class of CIDR1: 1 ROM table, 9 CoreSight, 14 generic, 15 older system parts.</param>
/// <param name="designer">JEP106: continuation count (bits 10:7) and code (6:0).</param>
/// <param name="architecture">DEVARCH of class 9, else 0.</param>
public readonly struct ComponentId(uint kind, ushort designer, ushort part, uint architecture)
{
    public uint Kind { get; } = kind;
    public ushort Designer { get; } = designer;
    public ushort Part { get; } = part;
    public uint Architecture { get; } = architecture;

    /// <summary>A MEM-AP of an ADIv6 debug port.</summary>
    public bool IsMemAp => Kind == 9 && (Architecture & 0xFFFF) == 0x0A17;

    /// <summary>Either kind of ROM table.</summary>
    public bool IsRomTable => Kind == 1 || Kind == 9 && (Architecture & 0xFFFF) == 0x0AF7;
}
