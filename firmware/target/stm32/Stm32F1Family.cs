using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32F0, F1, F3 and what is compatible with them: parts with the FPEC flash controller. The id alone does not tell copies from the original.</summary>
sealed class Stm32F1Family(ProbeSession session) : StFamily
{
    /// <summary>DBGMCU of parts with a Cortex-M0 and with others (RM0091 32.5.3, RM0008 31.6.1).</summary>
    private const uint DbgmcuM0 = 0x4001_5800, DbgmcuM3 = 0xE004_2000;

    /// <summary>Flash size in KiB, a half-word (RM0008 30.1.1, and GD32E23x; RM0091 33.2, RM0316 34.2), and the unique id's three words.</summary>
    private const uint SizeF1 = 0x1FFF_F7E0, SizeF0F3 = 0x1FFF_F7CC, UidF1 = 0x1FFF_F7E8, UidF0F3 = 0x1FFF_F7AC;

    private const uint FlashCr = 0x4002_2010, FLOCK = 1 << 15;

    private const uint FlashStart = 0x0800_0000, RamStart = 0x2000_0000;

    /// <summary>Debug port and core of every STM32F1 that ST made: SW-DP of CoreSight's first generation, Cortex-M3 r1p1.</summary>
    private const uint DpIdrSt = 0x1BA0_1477, JtagIdSt = 0x3BA0_0477, VariantSt = 1;

    /// <summary>DBGMCU_IDCODE.REV_ID of GigaDevice's copies; ST has used 0x0000, 0x1000 to 0x1003, 0x2000 to 0x2003 and 0x3000 (RM0008 31.6.1).</summary>
    private const uint RevisionGigaDevice = 0x1303;

    private readonly Fpec _fpec = new(session);

    /// <summary>
    /// Values of the read protection byte that leave a part open, and the one that closes it for ever (RM0091 4.1.1, RM0316 5.1.1). GD32 open with the F1's; 0xCC is for ever on AT32F415, F421, F425 and on
    /// GD32E23x too, and no row can tell what else a copy is: it has to be named on all.
    /// </summary>
    private const ushort OpenF1 = 0xA5, OpenF0F3 = 0xAA, ForEver = 0xCC;

    public override FlashController FlashOf(CortexM core) => _fpec;

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = IsF1(core) ? UidF1 : UidF0F3;
        words = 3;
        return true;
    }

    public override ReadOnlySpan<byte> Options(CortexM core) => Stm32F1Part.Options;

    /// <summary>All are erased at once and written again.</summary>
    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        Span<ushort> values = stackalloc ushort[(int)Fpec.OptionCount];
        for (int i = 0; i < values.Length; i += 2)
        {
            DebugFault fault = core.Bus.Read32(Fpec.OptionBytes + (uint)i * 2, out uint word);
            if (fault.Failed) return fault;
            values[i] = (ushort)word;
            values[i + 1] = (ushort)(word >> 16);
        }
        values[(int)(address - Fpec.OptionBytes) / 2] = (ushort)value;
        return !irreversible && (byte)values[0] == ForEver ? FaultKind.Irreversible : _fpec.WriteOptions(core, values);
    }

    public override DebugFault ResetOptions(CortexM core)
    {
        Span<ushort> values = stackalloc ushort[(int)Fpec.OptionCount];
        values.Fill(0xFFFF);
        values[0] = Stm32F1Part.Of(core).Kind == FpecKind.F0F3 ? OpenF0F3 : OpenF1;
        return _fpec.WriteOptions(core, values);
    }

    private static bool IsF1(CortexM core) => Stm32F1Part.Of(core).Kind == FpecKind.F1;

    public override bool Identify(CortexM core)
    {
        uint dbgmcu = core.IsBaseline ? DbgmcuM0 : DbgmcuM3;
        uint id = 0;
        bool read = core.CpuPart is 0xC20 or 0xC23 or 0xC24 or 0xD20 && core.Bus.Read32(dbgmcu, out id).Ok;
        if (!read) return false;
        if (id == 0) id = IdFromRomTable(core.Bus);
        SiliconOrigin origin = OriginOf(core, id);
        var rows = new PartTable(Stm32F1Part.Rows);
        while (rows.TryTake(out PartRow columns))
        {
            var row = new Stm32F1Part(columns);
            if (!row.Has(id) || row.Cpu != 0 && row.Cpu != core.CpuPart || row.Origin != SiliconOrigin.Any && row.Origin != origin) continue;
            core.PartRow = rows.Index;
            Fill(core, row);
            if (_fpec.IsReadProtected(core)) core.Name.Add(", read protected"u8);
            return true;
        }
        return false;
    }

    /// <summary>Some Cortex-M3 parts hide DBGMCU_IDCODE from a debugger (ES096 2.3); ST writes the same number into the ROM table.</summary>
    private static uint IdFromRomTable(AccessPort port) => port.Designer == St ? port.Part : 0u;

    private static SiliconOrigin OriginOf(CortexM core, uint id)
    {
        AccessPort port = core.Bus;
        if (port.Designer == GigaDevice || id >> 16 == RevisionGigaDevice) return SiliconOrigin.GigaDevice;
        // FLOCK, the lock of CH32F103's fast programming; reserved on all others, which have the controller too where they have this id.
        if ((id & 0xFFF) == 0x410 && core.CpuPart == 0xC23 && port.Read32(FlashCr, out uint cr).Ok && (cr & FLOCK) != 0) return SiliconOrigin.Wch;
        bool oldDebugPort = IsAtMost(port.DpIdr, DpIdrSt) || IsAtMost(port.DpIdr, JtagIdSt);
        bool old = oldDebugPort && port.Idr >> 28 <= 1 && (core.Cpuid >> 20 & 15) <= VariantSt;
        return old ? SiliconOrigin.Any : SiliconOrigin.Copy;
    }

    /// <summary>The same debug port, of the same revision or an earlier one.</summary>
    private static bool IsAtMost(uint id, uint known) => (id & 0x0FFF_FFFF) == (known & 0x0FFF_FFFF) && id >> 28 <= known >> 28;

    private static void Fill(CortexM core, Stm32F1Part row)
    {
        uint sizeAt = row.Kind == FpecKind.F0F3 ? SizeF0F3 : SizeF1;
        uint kilobytes = core.Bus.Read32(sizeAt, out uint size).Ok ? size & 0xFFFF : 0;
        if (kilobytes is 0 or > 4096) kilobytes = row.Flash;
        uint ram = row.Ram;
        // GigaDevice says the RAM's size beside the flash's; ST has ones there.
        if (row.Kind == FpecKind.F1 && (size >> 16) is not (0 or > 512) && kilobytes == (size & 0xFFFF)) ram = size >> 16;
        uint page = row.Page != 0 ? row.Page : kilobytes >= 256 ? 2048u : 1024u;
        core.Map.Clear();
        uint bank1 = Math.Min(kilobytes, 512u);
        core.Map.Add(new MemoryRegion(FlashStart, bank1 * 1024, page));
        core.Map.Add(new MemoryRegion(Fpec.Bank2Start, (kilobytes - bank1) * 1024, row.Page2 != 0 ? row.Page2 : page));
        core.Map.Add(new MemoryRegion(RamStart, ram * 1024, 0));
        core.Name.Clear();
        core.Name.Add(row.Name);
    }

    protected override Dbgmcu DebugUnit(CortexM core) => core.IsBaseline ? Dbgmcu.At(DbgmcuM0, true) : IsF1(core) ? new(DbgmcuM3 + 4, 0x307, 0) : Dbgmcu.At(DbgmcuM3, false);
}
