using System;
using System.Buffers.Binary;
using SharpProbe.Adi;

namespace SharpProbe.Target.Rp;

/// <summary>The serial flash, asked by hand over the debug port while the interface sends bytes (after the ROM's flash_exit_xip): how large it is.</summary>
static class SerialFlash
{
    /// <summary>In <see cref="RpChip.SerialRegisters"/>: addresses, the first two and the status with a value behind them.</summary>
    private const int Select = 0, Deselect = 2, Send = 4, Receive = 5, Status = 6;

    private const byte ReadSfdp = 0x5A, ReadId = 0x9F;

    /// <summary>"SFDP", and in it the length of the first parameter table, the basic one (JESD216, 6.2).</summary>
    private const uint Signature = 0x5044_4653;

    /// <summary>Bytes; 0: the flash does not tell, or there is none.</summary>
    public static DebugFault ReadSize(MemoryBus bus, ReadOnlySpan<uint> registers, out uint size)
    {
        size = 0;
        Span<byte> header = stackalloc byte[16];
        DebugFault fault = Ask(bus, registers, ReadSfdp, 0, 5, header);
        if (fault.Ok && BinaryPrimitives.ReadUInt32LittleEndian(header) == Signature)
        {
            // The second word: bits less one, or where bit 31 is set their logarithm (JESD216, 6.4.5).
            fault = Ask(bus, registers, ReadSfdp, (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) & 0xFF_FFFF) + 4, 5, header[..4]);
            uint density = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (density >> 31 == 0) size = (density >> 3) + 1;
            else if ((density & 0xFF) is >= 3 and < 35) size = 1u << (int)((density & 0xFF) - 3);
        }
        if (fault.Failed || IsSize(size)) return fault;
        fault = Ask(bus, registers, ReadId, 0, 1, header[..3]);
        // The third byte of most makers' ids is the size's logarithm.
        size = 1u << (header[2] & 31);
        if (header[2] > 31 || !IsSize(size)) size = 0;
        return fault;
    }

    private static bool IsSize(uint size) => size is >= RpFamily.Smallest and <= RpFamily.Window && (size & size - 1) == 0;

    /// <summary>A command with its address, and what comes back behind so many bytes.</summary>
    private static DebugFault Ask(MemoryBus bus, ReadOnlySpan<uint> registers, byte command, uint address, int skip, Span<byte> answer)
    {
        DebugFault fault = bus.Write32(registers[Select], registers[Select + 1]);
        for (int i = 0; i < skip + answer.Length && fault.Ok; i++)
        {
            uint send = i == 0 ? command : i is >= 1 and <= 3 ? address >> (3 - i) * 8 & 0xFF : 0;
            fault = Exchange(bus, registers, send, out byte got);
            if (i >= skip) answer[i - skip] = got;
        }
        DebugFault high = bus.Write32(registers[Deselect], registers[Deselect + 1]);
        return fault.Failed ? fault : high;
    }

    private static DebugFault Exchange(MemoryBus bus, ReadOnlySpan<uint> registers, uint send, out byte got)
    {
        got = 0;
        DebugFault fault = bus.Write32(registers[Send], send);
        bool there = false;
        // The slowest clock that is left after the ROM's set-up sends a byte in some 50 µs.
        for (int i = 0; i < 100 && fault.Ok && !there; i++)
        {
            fault = bus.Read32(registers[Status], out uint status);
            there = (status & registers[Status + 1]) == registers[Status + 2];
        }
        if (fault.Ok && !there) return FaultKind.WaitTimeout;
        uint value = 0;
        if (fault.Ok) fault = bus.Read32(registers[Receive], out value);
        got = (byte)value;
        return fault;
    }
}
