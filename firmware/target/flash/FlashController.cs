using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>One generation of flash controllers. <see cref="FlashQueue"/> calls it: opened, blocks erased and data programmed, closed.</summary>
public abstract class FlashController
{
    /// <summary>Bytes that are programmed at once: addresses and lengths are multiples of it. At most <see cref="FlashQueue.MaxUnit"/>.</summary>
    public abstract int Unit { get; }

    /// <summary>Longest erase of a block, in ms; more is a fault.</summary>
    public virtual uint EraseTimeout => 4000;

    /// <summary>Unlocks the controller and clears old errors.</summary>
    public abstract DebugFault Open(CortexM core);

    /// <summary>Starts to erase one block and returns at once.</summary>
    public abstract DebugFault StartErase(MemoryRegion region, uint block);

    /// <summary>Looks once whether the erase is done, and how it went.</summary>
    public abstract DebugFault PollErase(out bool done);

    /// <summary>Programs and checks; the last unit may still be in progress. A fault tells the address.</summary>
    public abstract DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data);

    /// <summary>Waits for the last unit, and locks.</summary>
    public abstract DebugFault Close();
}
