using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>One generation of flash controllers. <see cref="FlashQueue"/> calls it: opened, blocks erased and data programmed, closed.</summary>
public abstract class FlashController
{
    /// <summary>Bytes that are programmed at once, a power of two: addresses and lengths are multiples of it. At most <see cref="FlashQueue.MaxUnit"/>. Asked while open.</summary>
    public abstract int Unit { get; }

    /// <summary>What erased bytes read as. Asked while open.</summary>
    public virtual byte Erased => 0xFF;

    /// <summary>Longest erase of a block, and of all or a bank, in ms; more is a fault.</summary>
    public virtual uint EraseTimeout => 4000;

    public virtual uint MassEraseTimeout => 40_000;

    /// <summary>Unlocks the controller and clears old errors.</summary>
    public abstract DebugFault Open(CortexM core);

    /// <summary>Bytes from a block on that <see cref="StartErase"/> takes at once, of those that are wanted: whole blocks. Asked before it.</summary>
    public virtual uint EraseLength(MemoryRegion region, uint block, uint wanted) => region.Block;

    /// <summary>Starts to erase one block, or what <see cref="EraseLength"/> said, and returns at once.</summary>
    public abstract DebugFault StartErase(MemoryRegion region, uint block);

    /// <summary>Looks once whether the erase is done, and how it went.</summary>
    public abstract DebugFault PollErase(out bool done);

    /// <summary>Mass erases that empty the part: one a bank. 0: the controller has none, and all blocks are erased one by one. Asked while open.</summary>
    public virtual int MassErases => 0;

    /// <summary>Starts one of them; <see cref="PollErase"/> tells when it is done.</summary>
    public virtual DebugFault StartMassErase(int index) => FaultKind.Unsupported;

    /// <summary>Whether <see cref="Program"/> can be called without waiting for what is in progress. Controllers that take whatever comes are always ready.</summary>
    public virtual DebugFault PollReady(out bool ready)
    {
        ready = true;
        return DebugFault.None;
    }

    /// <summary>Programs and checks; the last unit may still be in progress. A fault tells the address.</summary>
    public abstract DebugFault Program(MemoryRegion region, uint address, ReadOnlySpan<byte> data);

    /// <summary>Waits for the last unit, and locks.</summary>
    public abstract DebugFault Close();
}
