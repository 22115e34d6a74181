using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nxp;

/// <summary>
/// LPC8xx, 11xx, 11Uxx, 13xx, 15xx by a register; 17xx and 40xx, which tell their id through a call of their boot ROM alone, when they are attached to.
/// </summary>
sealed class LpcFamily(ProbeSession session) : PartFamily
{
    /// <summary>DEVICE_ID of LPC11xx and 13xx; of LPC8xx and of later LPC11xx; of LPC15xx.</summary>
    private const uint DeviceId11 = 0x4004_83F4, DeviceId8 = 0x4004_83F8, DeviceId15 = 0x4007_43F8;

    /// <summary>Of an LPC17xx or 40xx: MEMMAP, PCONP, the entry of IAP.</summary>
    private const uint MEMMAP = 0x400F_C040, PCONP = 0x400F_C0C4, IapEntry = 0x1FFF_1FF0;

    private const ushort Arm = 4 << 7 | 0x3B;

    /// <summary>RAM on the AHB of LPC17xx and 40xx.</summary>
    private const uint AhbRam = 0x2007_C000;

    private readonly Iap _iap = new(session);

    public override FlashController? FlashOf(CortexM core) => core.PartRow >= 0 ? _iap : null;

    public override ReadOnlySpan<MonitorCommand> Commands => UnsafeCommand.Rows;

    public override bool Identify(CortexM core)
    {
        // Their ROM tables are Arm's own.
        if (core.Bus.Designer != Arm) return false;
        if (core.CpuPart is 0xC23 or 0xC24 && Looks17(core.Bus)) return Name17(core);
        if (core.CpuPart is 0xC20 or 0xC60 or 0xC23 && TryRow(core, DeviceId11)) return true;
        return core.CpuPart is 0xC20 or 0xC60 && TryRow(core, DeviceId8) || core.CpuPart == 0xC23 && TryRow(core, DeviceId15);
    }

    private static bool TryRow(CortexM core, uint register) => core.Bus.Read32(register, out uint id).Ok && TryRowOf(core, id);

    private static bool TryRowOf(CortexM core, uint id)
    {
        var rows = new PartTable(LpcPart.Rows);
        while (rows.TryTake(out PartRow columns))
        {
            var row = new LpcPart(columns);
            if (!row.Has(id)) continue;
            core.PartRow = rows.Index;
            Fill(core, row);
            return true;
        }
        return false;
    }

    private static void Fill(CortexM core, in LpcPart row)
    {
        LpcLayout layout = LpcLayout.Of(row.Series);
        uint flash = row.Flash * 1024, small = Math.Min(flash, Math.Min(row.SmallSectors, flash) * layout.Sector);
        core.Name.Clear();
        core.Name.Add(row.Name);
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(0, small, layout.Sector));
        if (flash > small) core.Map.Add(new MemoryRegion(small, flash - small, layout.Sector * 8));
        core.Map.Add(new MemoryRegion(layout.Ram, row.Ram * 1024, 0));
        if (row.Series == 7) core.Map.Add(new MemoryRegion(AhbRam, row.Ram * 1024, 0));
    }

    /// <summary>Nothing in an LPC17xx says what it is; this is what no other part with such a core has at these addresses.</summary>
    private static bool Looks17(AccessPort bus) =>
        bus.Read32(IapEntry, out uint code).Ok && code is not (0 or uint.MaxValue) && bus.Read32(MEMMAP, out uint map).Ok && map <= 1 && bus.Read32(PCONP, out uint power).Ok && (power & 1 << 9) != 0;

    private static bool Name17(CortexM core)
    {
        core.PartRow = -1;
        core.Name.Clear();
        core.Name.Add("LPC17xx/40xx"u8);
        return true;
    }

    /// <summary>Flash at address 0, as a program sees it; after a reset the boot ROM's vectors are there.</summary>
    public override DebugFault OnAttach(CortexM core)
    {
        DebugFault fault = DebugFault.None;
        if (core.PartRow < 0)
        {
            if (core.Attached) return fault;
            fault = _iap.ReadId(core, out uint id);
            if (fault.Failed) return fault;
            if (!TryRowOf(core, id))
            {
                core.Name.Add(", unknown id "u8);
                core.Name.AddHex(id, 8);
                return fault;
            }
        }
        LpcLayout layout = LpcLayout.Of(LpcPart.Of(core).Series);
        return core.Bus.Write32(layout.Remap, layout.FlashAtZero);
    }
}
