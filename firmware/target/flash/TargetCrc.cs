using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Target.Flash;

/// <summary>gdb's CRC of memory, computed by the target's core: for parts that are faster at it than the wire is at reading. Its RAM and registers are afterwards as before.</summary>
public sealed class TargetCrc(Clock clock, Background background)
{
    /// <summary>Bytes below which it is not worth while.</summary>
    public const uint Least = 32 * 1024;

    /// <summary>Bytes of RAM: the return's BKPT, the code, the table.</summary>
    public const uint Room = Table + 1024;

    private const uint Function = 8, Table = 0x40;

    /// <summary>Bytes of the trial, and of the longest call.</summary>
    private const uint Trial = 2048, Longest = 128 * 1024;

    /// <summary>ms for one call.</summary>
    private const uint Limit = 2000;

    /// <summary>r0 address, r1 words, r2 table, r3 CRC; the CRC comes back in r0. Most significant bit first, so a word is turned round and its four bytes go in at once.</summary>
    private static ReadOnlySpan<ushort> Code =>
    [
        0xC810,                                             // 00 next:  ldmia r0!, {r4}
        0xBA24,                                             // 02        rev r4, r4
        0x4063,                                             // 04        eors r3, r4
        0x0E1D, 0x00AD, 0x5955, 0x021B, 0x406B,             // 06        lsrs r5, r3, #24; lsls r5, r5, #2; ldr r5, [r2, r5]; lsls r3, r3, #8; eors r3, r5
        0x0E1D, 0x00AD, 0x5955, 0x021B, 0x406B,             // 10
        0x0E1D, 0x00AD, 0x5955, 0x021B, 0x406B,             // 1A
        0x0E1D, 0x00AD, 0x5955, 0x021B, 0x406B,             // 24
        0x3901,                                             // 2E        subs r1, #1
        0xD1E6,                                             // 30        bne next
        0x0018,                                             // 32        movs r0, r3
        0x4770,                                             // 34        bx lr
    ];

    private readonly TargetCode _code = new(clock);

    /// <summary>Bytes done from the address on: all, or none where it failed, or a few where reading is faster.</summary>
    /// <param name="core">Halted, at its first instruction.</param>
    /// <param name="ram">Where <see cref="Room"/> bytes are.</param>
    /// <param name="scratch">Room for that and the trial.</param>
    /// <param name="address">A multiple of 4.</param>
    /// <param name="length">A multiple of 4.</param>
    /// <param name="crc">So far.</param>
    public uint Run(CortexM core, uint ram, Span<byte> scratch, uint address, uint length, ref uint crc)
    {
        Span<byte> kept = scratch[..(int)Room], other = scratch[(int)Room..(int)(Room + Trial)];
        uint start = clock.Microseconds;
        if (core.Bus.Read(address, other[..(int)Trial]).Failed) return 0;
        uint byWire = clock.Microseconds - start;
        if (core.Bus.Read(ram, kept).Failed) return 0;
        DebugFault fault = _code.Begin(core, ram, ram + Room);
        uint done = 0, now = crc;
        if (fault.Ok) fault = Place(core, ram, other);
        while (fault.Ok && done < length)
        {
            uint count = done == 0 ? Trial : Math.Min(length - done, Longest);
            start = clock.Microseconds;
            fault = _code.Start(ram + Function, address + done, count / 4, ram + Table, now);
            uint result = now;
            for (bool returned = false; fault.Ok && !returned;)
            {
                fault = _code.Poll(Limit, out returned, out result);
                if (!returned && done != 0) background.Run();
            }
            if (fault.Failed) break;
            now = result;
            done += count;
            if (done == Trial && clock.Microseconds - start >= byWire) break;
        }
        DebugFault ended = _code.End();
        DebugFault restored = core.PlaceCode(ram, kept);
        if (fault.Failed || ended.Failed || restored.Failed) return 0;
        crc = now;
        return done;
    }

    /// <summary>So many zero bits more: polynomial 0x04C11DB7, most significant bit first (gdb manual, qCRC).</summary>
    public static uint Shift(uint crc, int bits)
    {
        for (; bits > 0; bits--) crc = (crc & 0x8000_0000) != 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1;
        return crc;
    }

    private static DebugFault Place(CortexM core, uint ram, Span<byte> work)
    {
        for (int i = 0; i < Code.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(work[(i * 2)..], Code[i]);
        for (int i = 0; i < 256; i++) BinaryPrimitives.WriteUInt32LittleEndian(work[((int)(Table - Function) + i * 4)..], Shift((uint)i << 24, 8));
        return core.PlaceCode(ram + Function, work[..(int)(Room - Function)]);
    }
}
