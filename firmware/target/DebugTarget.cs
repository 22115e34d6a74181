using System;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>One core with its memories, as a debugger sees it. Cortex-M derives from it; so does whatever comes later.</summary>
public abstract class DebugTarget
{
    /// <summary>Name of the part or family: "STM32F1 medium density".</summary>
    public abstract ReadOnlySpan<byte> Driver { get; }

    /// <summary>"M3", "M0+".</summary>
    public abstract ReadOnlySpan<byte> Core { get; }

    public abstract bool Attached { get; }

    /// <summary>Halts the core and takes over its debug hardware. Under reset where the session wants that.</summary>
    public abstract DebugFault Attach();

    /// <summary>Takes all points away, gives the debug hardware back and lets the core run.</summary>
    public abstract DebugFault Detach();

    /// <summary>Asks the core to halt; <see cref="Poll"/> tells when it has.</summary>
    public abstract DebugFault Halt();

    /// <summary>Runs; over a BKPT instruction that stopped it. Points that were inserted are armed.</summary>
    public abstract DebugFault Resume();

    /// <summary>One instruction, interrupts masked. <see cref="Poll"/> tells when it is done.</summary>
    public abstract DebugFault Step();

    /// <summary>Looks at the core once, without waiting. To be called regularly while it runs.</summary>
    public abstract StopInfo Poll();

    /// <summary>System reset, by nRESET and by AIRCR; leaves the core halted at its first instruction.</summary>
    public abstract DebugFault Reset();

    // Registers, by gdb's number in the description below.

    /// <summary>Highest register number + 1.</summary>
    public abstract int RegisterCount { get; }

    /// <summary>Bytes of a register in gdb's packets; 0: there is none of this number.</summary>
    public abstract int RegisterSize(int number);

    /// <summary>Little endian; <paramref name="value"/> is of the register's size.</summary>
    public abstract DebugFault ReadRegister(int number, Span<byte> value);

    public abstract DebugFault WriteRegister(int number, ReadOnlySpan<byte> value);

    /// <summary>gdb's target description (gdb manual, "Target Descriptions").</summary>
    public abstract void WriteDescription(ref WindowWriter xml);

    // Memory. Breakpoints that lie in RAM as instructions are not seen.

    public abstract DebugFault ReadMemory(uint address, Span<byte> data);

    /// <summary>Goes on with gdb's CRC by code in the target, where that disturbs nothing and is faster than reading. Bytes done, from the address on; 0: read them.</summary>
    /// <param name="work">Room to work: 4 KiB.</param>
    public virtual uint AddCrc(uint address, uint length, Span<byte> work, ref uint crc) => 0;

    /// <summary>Not for flash.</summary>
    public abstract DebugFault WriteMemory(uint address, ReadOnlySpan<byte> data);

    /// <summary>gdb's memory map (gdb manual, "Memory Map Format"): flash with block sizes, RAM, and everything else as RAM, so that peripherals are readable.</summary>
    public abstract void WriteMemoryMap(ref WindowWriter xml);

    /// <summary>What is known of the part's memories, in rising order; empty where the part is not known.</summary>
    public abstract ReadOnlySpan<MemoryRegion> Memories { get; }

    public abstract PointResult Insert(PointKind kind, uint address, uint length);

    public abstract PointResult Remove(PointKind kind, uint address, uint length);

    // Flash. Erasing and writing are queued and go on in the background; a failure is told by the next call. Data is copied.

    /// <summary>Queues the erase of the blocks that the range touches. Waits only while the queue is full.</summary>
    public abstract DebugFault FlashErase(uint address, uint length);

    /// <summary>Queues data, in rising addresses within a block. Waits only while the queue is full.</summary>
    public abstract DebugFault FlashWrite(uint address, ReadOnlySpan<byte> data);

    /// <summary>Waits until all is programmed, and locks the controller.</summary>
    public abstract DebugFault FlashDone();

    /// <summary>One slice (at most about 1 ms) of queued flash work.</summary>
    public abstract void Work();

    /// <summary>Commands of this target, for "help" and "monitor". Rows may be empty.</summary>
    public abstract ReadOnlySpan<MonitorCommand> Commands { get; }

    /// <summary>The part's own commands, after those of its core.</summary>
    public abstract ReadOnlySpan<MonitorCommand> PartCommands { get; }
}
