using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Rp;

/// <summary>RP2040, whose two cores are behind debug ports of their own, and RP2350, where they are behind one: a rescue port, a boot ROM that knows how to program the serial flash.</summary>
sealed class RpFamily(ProbeSession session) : PartFamily
{
    /// <summary>The rescue debug port of an RP2040; the address of an RP2350's own access port, whose first register is CTRL with RESCUE_RESTART (RP2350 datasheet 3.5.10).</summary>
    private const uint RescueSel = 0xF100_2927, RpAp = 0x8_0000, RescueRestart = 1u << 31;

    /// <summary>Where the second core of an RP2350 is (RP2350 datasheet 3.5.2).</summary>
    private const uint SecondPort = 0x4000;

    /// <summary>The flash's whole window: 24 bits of address (RP2040 datasheet 2.6.3.1).</summary>
    public const uint Window = 0x100_0000, Smallest = 0x4_0000;

    private const uint Ram = 0x2000_0000, ChipId = 0x4013_0000;

    private readonly RpFlash _flash = new(session);

    /// <summary>The RP2350's ROM asks a coprocessor that core 0 alone can set up, so that core 1 cannot program while core 0 is held in reset.</summary>
    public override FlashController? FlashOf(CortexM core) => core.Bus.Index == SecondPort ? null : _flash;

    /// <summary>RUN resets an RP2350's debug port too, so that the core could not be caught at its first instruction (RP2350 datasheet 3.5.1).</summary>
    public override bool KeepsOffResetPin(CortexM core) => RpChip.Of(core).IsV8;

    public override ReadOnlySpan<MonitorCommand> Commands => RpCommands.Rows;

    public RpFlash Controller => _flash;

    public override bool Identify(CortexM core)
    {
        RpChip chip = core.Bus.TargetId << 4 == RpChip.Rp2350.TargetId << 4 ? RpChip.Rp2350 : RpChip.Rp2040;
        if (core.Bus.TargetId << 4 != chip.TargetId << 4 || !RpRom.IsThere(core.Bus, chip.RomVersion)) return false;
        core.PartRow = chip.IsV8 ? 1 : 0;
        core.Name.Clear();
        core.Name.Add(chip.Name);
        Fill(core, SizeByWrap(core.Bus, chip));
        return true;
    }

    /// <summary>OTP rows 0 to 3 (RP2350 datasheet 13.10, CHIPID0). An RP2040 has no id of its own.</summary>
    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        (address, words) = (ChipId, 2);
        return RpChip.Of(core).IsV8;
    }

    /// <summary>
    /// After a reset, and where the flash is erased, the core stands in its boot ROM and nothing has set the flash up for reading: the ROM's functions do, and the flash is asked for its size. A core
    /// that runs a program is left alone; so is the second, which waits in the ROM while the first may be writing the flash.
    /// </summary>
    public override DebugFault OnAttach(CortexM core)
    {
        bool known = core.Map.TryFindFlash(RpFlash.Xip, out _);
        Span<byte> pc = stackalloc byte[4];
        if (known && RpChip.Of(core).IsReadable(core.Bus) || core.Bus.Read32(RpFlash.CPUID, out uint number).Failed || number != 0 || core.ReadRegister(CoreRegisters.Pc, pc).Failed || BinaryPrimitives.ReadUInt32LittleEndian(pc) >= RpRom.Size) return DebugFault.None;
        // A flash that does not answer is no reason not to debug.
        if (_flash.MakeReadable(core, out uint size).Ok && !known) Fill(core, size);
        return DebugFault.None;
    }

    private static void Fill(CortexM core, uint size)
    {
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(RpFlash.Xip, size, RpFlash.Sector));
        core.Map.Add(new MemoryRegion(Ram, RpChip.Of(core).RamLength, 0));
    }

    /// <summary>
    /// The flash does not look at address bits that it does not have, so its beginning, the boot stage, is seen again behind its end: reads only, a running program is not disturbed. 0: erased,
    /// or not set up for reading.
    /// </summary>
    private static uint SizeByWrap(AccessPort bus, RpChip chip)
    {
        Span<byte> first = stackalloc byte[32], again = stackalloc byte[32];
        if (!chip.IsReadable(bus) || bus.Read(chip.Uncached, first).Failed || !IsProgram(first)) return 0;
        for (uint size = Smallest; size < Window; size *= 2)
            if (bus.Read(chip.Uncached + size, again).Failed || first.SequenceEqual(again)) return size;
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
        bool own = port.Index == RpAp;
        needed = own || port.Idr == 0 && port.TargetSel == RescueSel;
        if (needed) name.Add((own ? RpChip.Rp2350 : RpChip.Rp2040).Name);
        if (needed) name.Add(" rescue: restarts it, to wait in its boot ROM"u8);
        return needed;
    }

    /// <summary>The chip is in reset while RESCUE_RESTART is set.</summary>
    public override DebugFault Recover(ControlPort port)
    {
        if (port.Index != RpAp) return port.PulsePower();
        DebugFault fault = port.Write(0, RescueRestart);
        return fault.Ok ? port.Write(0, 0) : fault;
    }
}
