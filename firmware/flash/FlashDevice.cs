using System;
using SharpProbe.Io;

namespace SharpProbe.Flashing;

/// <summary>
/// The probe's own flash, for its settings and for its boot loader. A power cut during <see cref="Erase"/> leaves any contents in that sector, and one during <see cref="Program"/> any in the
/// unit that was being programmed, also such as cannot be read.
/// </summary>
public abstract class FlashDevice
{
    public const byte Erased = 0xFF;

    /// <summary>First byte.</summary>
    public abstract uint Base { get; }

    /// <summary>Bytes.</summary>
    public abstract uint Size { get; }

    /// <summary>Bytes that are programmed at once, each unit once between erases: 4 or 32.</summary>
    public abstract uint ProgramUnit { get; }

    public abstract int SectorCount { get; }

    /// <summary>0 to <see cref="SectorCount"/> - 1, in the order of addresses.</summary>
    public abstract FlashSector Sector(int index);

    /// <summary>What runs while an operation lets the core run: the watchdog's food. Null: nothing.</summary>
    public Background? Beside { get; set; }

    /// <summary>Erases a sector, and returns when that is done.</summary>
    public abstract FlashResult Erase(int sector);

    /// <summary>Programs erased units in the order of their addresses, and compares. <paramref name="address"/> and the length are multiples of <see cref="ProgramUnit"/>.</summary>
    public abstract FlashResult Program(uint address, ReadOnlySpan<byte> data);

    /// <summary>Copies bytes. False: some cannot be read (ECC), or lie outside; their places hold <see cref="Erased"/>. Never faults.</summary>
    public abstract bool Read(uint address, Span<byte> data);

    /// <summary>The sector that holds an address, or -1.</summary>
    public int SectorOf(uint address)
    {
        for (int i = 0; i < SectorCount; i++)
            if (Sector(i) is var sector && address >= sector.Address && address < sector.End) return i;
        return -1;
    }

    /// <summary>All bytes lie in this flash.</summary>
    protected bool Holds(uint address, int length) => address >= Base && address - Base <= Size && (uint)length <= Size - (address - Base);
}
