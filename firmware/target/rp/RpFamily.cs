using System;
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

    /// <summary>A flash that cannot be read is asked for its size, by the halted core: no program can be running from it.</summary>
    public override DebugFault OnAttach(CortexM core)
    {
        if (core.Map.TryFindFlash(RpFlash.Xip, out _)) return DebugFault.None;
        // A flash that does not answer is no reason not to debug.
        if (_flash.ReadSize(core, out uint size).Ok) Fill(core, size);
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
        if (bus.Read(Uncached, first).Failed || !IsProgram(first)) return 0;
        for (uint size = Smallest; size < Window; size *= 2)
            if (bus.Read(Uncached + size, again).Failed || first.SequenceEqual(again)) return size;
        return Window;
    }

    private static bool IsProgram(ReadOnlySpan<byte> bytes)
    {
        for (int i = 1; i < bytes.Length; i++)
            if (bytes[i] != bytes[0]) return true;
        return false;
    }

    public override bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = port.Idr == 0 && port.TargetSel == RescueSel;
        if (needed) name.Add("RP2040 rescue: restarts the chip, which then waits in its boot ROM"u8);
        return needed;
    }

    public override DebugFault Recover(ControlPort port) => port.PulsePower();
}
