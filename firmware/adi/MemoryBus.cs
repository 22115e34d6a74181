using System;

namespace SharpProbe.Adi;

/// <summary>
/// A target's memory as a MEM-AP shows it (IHI 0031, "Memory Access Port"). Any address and length; the access port chooses transfer sizes (bytes and half-words only
/// at unaligned ends, 32 bit in between) and packs them. After a failure nothing is known about the rest of the range. WAIT is retried within a time limit.
/// </summary>
public abstract class MemoryBus : AddressSpace
{
    public abstract DebugFault Write(uint address, ReadOnlySpan<byte> data);

    public abstract DebugFault Write32(uint address, uint value);

    /// <summary>
    /// Writes by 16-bit accesses only, in order (flash controllers of the STM32F1 want them), packed where the access port can. Address and length are even.
    /// The target's WAIT is the flow control.
    /// </summary>
    public abstract DebugFault WriteHalfwords(uint address, ReadOnlySpan<byte> data);

    /// <summary>Reads by accesses of exactly 1, 2 or 4 bytes: peripheral registers. Address and length are multiples of <paramref name="width"/>.</summary>
    public abstract DebugFault ReadSized(uint address, Span<byte> data, int width);

    /// <summary>As <see cref="ReadSized"/>, writing.</summary>
    public abstract DebugFault WriteSized(uint address, ReadOnlySpan<byte> data, int width);

    /// <summary>Reports and clears an error of posted writes that no call has returned yet.</summary>
    public abstract DebugFault Flush();
}
