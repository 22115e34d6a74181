using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nxp;

/// <summary>
/// LPC8xx, 11xx, 11Uxx, 13xx, 15xx by a register; 17xx, 40xx and 43xx, which tell their id through a call of their boot ROM alone, when they are attached to.
/// </summary>
sealed class LpcFamily(ProbeSession session) : PartFamily
{
    /// <summary>DEVICE_ID of LPC11xx and 13xx; of LPC8xx and of later LPC11xx; of LPC15xx.</summary>
    private const uint DeviceId11 = 0x4004_83F4, DeviceId8 = 0x4004_83F8, DeviceId15 = 0x4007_43F8;

    /// <summary>Of an LPC17xx or 40xx: MEMMAP, PCONP, the entry of IAP.</summary>
    private const uint MEMMAP = 0x400F_C040, PCONP = 0x400F_C0C4, IapEntry = 0x1FFF_1FF0;

    /// <summary>CHIPID of an LPC43xx and its value in those with flash (UM10503 11.4.6); both banks.</summary>
    private const uint CHIPID = 0x4004_3200, WithFlash = 0x4906_002B, BankA = 0x1A00_0000, BankB = 0x1B00_0000;

    /// <summary>What IAP says behind the id of an LPC43xx with one bank.</summary>
    private const uint OneBank = 0x80;

    /// <summary>Rows of parts that have not told their id yet.</summary>
    private const int Unasked17 = -1, Unasked43 = -2;

    private const ushort Arm = 4 << 7 | 0x3B;

    /// <summary>RAM on the AHB of LPC175x and 176x; of later ones.</summary>
    private const uint AhbRam17 = 0x2007_C000, AhbRam = 0x2000_0000;

    private readonly Iap _iap = new(session);

    public override FlashController? FlashOf(CortexM core) => core.PartRow >= 0 ? _iap : null;

    public override ReadOnlySpan<MonitorCommand> Commands => UnsafeCommand.Rows;

    public override DebugFault ReadUniqueId(CortexM core, Span<uint> id, out int words)
    {
        words = 4;
        if (core.PartRow < 0) return FaultKind.Unsupported;
        DebugFault fault = _iap.ReadUniqueId(core, id);
        (id[0], id[1], id[2], id[3]) = (id[3], id[2], id[1], id[0]);
        return fault;
    }

    public override bool Identify(CortexM core)
    {
        // Their ROM tables are Arm's own.
        if (core.Bus.Designer != Arm) return false;
        if (core.CpuPart == 0xC24 && core.Bus.Read32(CHIPID, out uint chip).Ok && chip == WithFlash) return NameSeries(core, Unasked43, "LPC43xx"u8);
        if (core.CpuPart is 0xC23 or 0xC24 && Looks17(core.Bus)) return NameSeries(core, Unasked17, "LPC17xx/40xx"u8);
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
        uint flash = BankSize(core), small = Math.Min(flash, Math.Min(row.SmallSectors, flash) * layout.Sector);
        core.Name.Clear();
        core.Name.Add(row.Name);
        core.Map.Clear();
        for (int i = 0; i < Banks(core); i++)
        {
            uint start = BankAddress(core, i);
            core.Map.Add(new MemoryRegion(start, small, layout.Sector));
            if (flash > small) core.Map.Add(new MemoryRegion(start + small, flash - small, layout.Sector * 8));
        }
        core.Map.Add(new MemoryRegion(layout.Ram, row.Ram * 1024, 0));
        if (row.Series == 7) core.Map.Add(new MemoryRegion(AhbRam17, row.Ram * 1024, 0));
        if (row.Series == 6) core.Map.Add(new MemoryRegion(AhbRam, Math.Max(8 * 1024, flash / 16), 0));
        if (row.Series == LpcLayout.Series43) core.Name.Add([(byte)(core.PartState switch { 0 => '7', 0x22 => '5', 0x44 => '3', OneBank => '2', _ => 'x' })]);
    }

    /// <summary>Bytes. Of an LPC43xx, by the word behind its id: a digit for each 128 KB less.</summary>
    internal static uint BankSize(CortexM core)
    {
        LpcPart row = LpcPart.Of(core);
        return (row.Flash - (row.Series == LpcLayout.Series43 ? (core.PartState & 7) * 64 : 0)) * 1024;
    }

    internal static int Banks(CortexM core) => LpcPart.Of(core).Series == LpcLayout.Series43 && core.PartState != OneBank ? 2 : 1;

    internal static uint BankAddress(CortexM core, int index) => LpcPart.Of(core).Series != LpcLayout.Series43 ? 0 : index == 0 ? BankA : BankB;

    /// <summary>Nothing in an LPC17xx says what it is; this is what no other part with such a core has at these addresses.</summary>
    private static bool Looks17(AccessPort bus) =>
        bus.Read32(IapEntry, out uint code).Ok && code is not (0 or uint.MaxValue) && bus.Read32(MEMMAP, out uint map).Ok && map <= 1 && bus.Read32(PCONP, out uint power).Ok && (power & 1 << 9) != 0;

    private static bool NameSeries(CortexM core, int row, ReadOnlySpan<byte> name)
    {
        core.PartRow = row;
        core.Name.Clear();
        core.Name.Add(name);
        return true;
    }

    /// <summary>Flash at address 0, as a program sees it; after a reset the boot ROM's vectors are there.</summary>
    public override DebugFault OnAttach(CortexM core)
    {
        DebugFault fault = DebugFault.None;
        if (core.PartRow < 0)
        {
            if (core.Attached) return fault;
            Span<uint> id = stackalloc uint[2];
            fault = _iap.ReadId(core, core.PartRow == Unasked43 ? LpcLayout.Series43 : 7, id);
            if (fault.Failed) return fault;
            core.PartState = id[1];
            if (!TryRowOf(core, id[0]))
            {
                core.Name.Add(", unknown id "u8);
                core.Name.AddHex(id[0], 8);
                return fault;
            }
        }
        LpcLayout layout = LpcLayout.Of(LpcPart.Of(core).Series);
        return layout.Remap == 0 ? fault : core.Bus.Write32(layout.Remap, layout.FlashAtZero);
    }
}
