using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Rp;

/// <summary>RP2040: two cores behind debug ports of their own, a rescue port, a boot ROM that knows how to program the serial flash.</summary>
sealed class RpFamily(ProbeSession session) : PartFamily
{
    /// <summary>TARGETID without its revision, which is the instance in TARGETSEL.</summary>
    private const uint Rp2040 = 0x0100_2927, IdMask = 0x0FFF_FFFF, RescueSel = 0xF100_2927;

    /// <summary>The flash's window past the cache, and the whole of it: 24 bits of address (RP2040 datasheet 2.6.3.1).</summary>
    private const uint Uncached = 0x1300_0000, Window = 0x100_0000, Smallest = 0x4_0000;

    private const uint CTRLR0 = 0x1800_0000, SSIENR = 0x1800_0008, SS_CTRL = 0x4001_800C;

    private const uint Ram = 0x2000_0000, RamLength = 0x4_2000;

    private readonly RpFlash _flash = new(session);

    public override FlashController FlashOf(CortexM core) => _flash;

    public override ReadOnlySpan<MonitorCommand> Commands => RpCommands.Rows;

    public RpFlash Controller => _flash;

    public override bool Identify(CortexM core)
    {
        if ((core.Bus.TargetId & IdMask) != Rp2040 || !RpRom.IsThere(core.Bus)) return false;
        core.Name.Clear();
        core.Name.Add("RP2040"u8);
        Fill(core, SizeByWrap(core.Bus));
        return true;
    }

    /// <summary>
    /// After a reset, and where the flash is erased, the core stands in its boot ROM and nothing has set the flash up for reading: the ROM's functions do, and the flash is asked for its size. A core
    /// that runs a program is left alone; so is the second, which waits in the ROM while the first may be writing the flash.
    /// </summary>
    public override DebugFault OnAttach(CortexM core)
    {
        bool known = core.Map.TryFindFlash(RpFlash.Xip, out _);
        Span<byte> pc = stackalloc byte[4];
        if (known && IsReadable(core.Bus) || core.Bus.Read32(RpFlash.CPUID, out uint number).Failed || number != 0 || core.ReadRegister(CoreRegisters.Pc, pc).Failed || BinaryPrimitives.ReadUInt32LittleEndian(pc) >= RpRom.Size) return DebugFault.None;
        // A flash that does not answer is no reason not to debug.
        if (_flash.MakeReadable(core, out uint size).Ok && !known) Fill(core, size);
        return DebugFault.None;
    }

    private static void Fill(CortexM core, uint size)
    {
        core.Map.Clear();
        if (size is >= Smallest and <= Window) core.Map.Add(new MemoryRegion(RpFlash.Xip, size, RpFlash.Sector));
        core.Map.Add(new MemoryRegion(Ram, RamLength, 0));
    }

    /// <summary>
    /// The flash does not look at address bits that it does not have, so its beginning, the boot stage, is seen again behind its end: reads only, a running program is not disturbed. 0: erased,
    /// or not set up for reading.
    /// </summary>
    private static uint SizeByWrap(AccessPort bus)
    {
        Span<byte> first = stackalloc byte[32], again = stackalloc byte[32];
        if (!IsReadable(bus) || bus.Read(Uncached, first).Failed || !IsProgram(first)) return 0;
        for (uint size = Smallest; size < Window; size *= 2)
            if (bus.Read(Uncached + size, again).Failed || first.SequenceEqual(again)) return size;
        return Window;
    }

    /// <summary>The SSI is on and makes reads of the flash (SSIENR; CTRLR0.TMOD 3), and has chip select (RP2040 datasheet 4.10.13, 2.19.6.2).</summary>
    private static bool IsReadable(AccessPort bus) =>
        bus.Read32(SSIENR, out uint on).Ok && on == 1 && bus.Read32(CTRLR0, out uint format).Ok && (format >> 8 & 3) == 3 && bus.Read32(SS_CTRL, out uint select).Ok && (select & 0x31F) == 0;

    private static bool IsProgram(ReadOnlySpan<byte> bytes)
    {
        for (int i = 1; i < bytes.Length; i++)
            if (bytes[i] != bytes[0]) return true;
        return false;
    }

    public override bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = port.Idr == 0 && port.TargetSel == RescueSel;
        if (needed) name.Add("RP2040 rescue: restarts it, to wait in its boot ROM"u8);
        return needed;
    }

    public override DebugFault Recover(ControlPort port) => port.PulsePower();
}
