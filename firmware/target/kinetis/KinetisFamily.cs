using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Kinetis;

/// <summary>Kinetis K, L, V, W, E and S32K1: recognised by their MDM-AP, which also opens a secured part.</summary>
sealed class KinetisFamily(ProbeSession session) : PartFamily
{
    /// <summary>IDR of the MDM-AP without its revision.</summary>
    private const uint MdmAp = 0x001C_0000, MdmRevision = 0xF0;

    /// <summary>Its registers, with bits (KL25 Sub-Family Reference Manual 9.3).</summary>
    private const uint Status = 0, Control = 4, MassErase = 1, Ready = 1 << 1, Secured = 1 << 2, MayMassErase = 1 << 5, SystemReset = 1 << 3, RequestHalt = 1 << 2, HoldCore = 1 << 4;

    /// <summary>ms: until the flash module is ready, and for a mass erase of four blocks (K64 data sheet: 3.7 s each).</summary>
    private const uint ReadyTimeout = 500, AcceptTimeout = 50, EraseTimeout = 16_000, ResetPulse = 10;

    private const uint SOPT1 = 0x4004_7000, SRSID = 0x4004_8000, SDID = 0x4004_8024, FCFG1 = 0x4004_804C, FCFG2 = 0x4004_8050, UIDH = 0x4004_8054, RamMiddle = 0x2000_0000, PfSize = 0xF00_0000;

    private readonly Ftfx _flash = new(session);
    private readonly Ftmr _flash0 = new(session);

    public override FlashController FlashOf(CortexM core) => KinetisPart.Of(core).IsKe0 ? _flash0 : _flash;

    public override ReadOnlySpan<MonitorCommand> Commands => UnsafeCommand.Rows;

    /// <summary>SIM_UUIDL and what follows; of the others, UIDH to UIDL (KL have no UIDH): the highest word has the lowest address.</summary>
    public override DebugFault ReadUniqueId(CortexM core, Span<uint> id, out int words)
    {
        KinetisPart part = KinetisPart.Of(core);
        bool isKe0 = part.IsKe0, hasHigh = !isKe0 && (part.Cache != 'L' || part.Ram != 0);
        words = hasHigh ? 4 : part.Cache == 'H' ? 2 : 3;
        uint address = !isKe0 ? hasHigh ? UIDH : UIDH + 4 : part.Cache == 'H' || core.Memories[0].Length == 8 * 1024 ? 0x4004_8010u : 0x4004_8018;
        DebugFault fault = DebugFault.None;
        for (int i = 0; i < words && fault.Ok; i++) fault = core.Bus.Read32(address + (uint)i * 4, out id[isKe0 ? words - 1 - i : i]);
        return fault;
    }

    public override bool Identify(CortexM core)
    {
        ControlPort? mdm = FindMdmAp();
        if (mdm is null) return false;
        bool read = core.Bus.Read32(SDID, out uint sdid).Ok;
        // An empty part locks up and is reset again and again, too soon for the bus: its core is kept at the end of a reset (AN4835 4.1.2).
        bool held = !read && mdm.Write(Control, HoldCore).Ok;
        if (held)
        {
            session.Wait(ResetPulse);
            read = core.Bus.Read32(SDID, out sdid).Ok;
        }
        bool known = read && TryRow(core, sdid);
        if (!held) return known;
        // It begins halted, and stays so: it has nothing to run, and would be lost again.
        core.Bus.Write32(Scs.DHCSR, Dhcsr.DBGKEY | Dhcsr.C_DEBUGEN);
        mdm.Write(Control, RequestHalt);
        mdm.Write(Control, 0);
        return known;
    }

    private static bool TryRow(CortexM core, uint sdid)
    {
        // The KE0x has its id where the others of this core have nothing, and a clock divider in the place of theirs (MKE06P80M48SF0RM 11.2.1).
        if (core.CpuPart == 0xC60 && core.Bus.Read32(SRSID, out uint srsid).Ok && srsid >> 28 == 0 && srsid >> 24 is 2 or 4 or 6) sdid = 0xE000_0000 | srsid >> 24 << 20;
        if (sdid is 0 or uint.MaxValue) return false;
        var rows = new PartTable(KinetisPart.Rows);
        while (rows.TryTake(out PartRow columns))
        {
            var row = new KinetisPart(columns);
            if (!row.Has(sdid) || row.Cpu != core.CpuPart) continue;
            if (row.Id == 0x142 && row.Ram != 0 && core.Bus.Read32(FCFG1, out uint sizes).Ok && (sizes & PfSize) != 0) continue;
            core.PartRow = rows.Index;
            return Fill(core, row, sdid);
        }
        return false;
    }

    private ControlPort? FindMdmAp()
    {
        for (int i = 0; i < session.Access.ControlPortCount; i++)
            if (IsMdmAp(session.Access.ControlPort(i))) return session.Access.ControlPort(i);
        return null;
    }

    private static bool IsMdmAp(ControlPort port) => (port.Idr & ~MdmRevision) == MdmAp;

    private static bool Fill(CortexM core, in KinetisPart row, uint sdid)
    {
        uint flash = row.Flash, ram = row.Ram * 1024;
        bool isL = (sdid >> 20 & 15) == 1;
        if (row.IsKe0)
        {
            // Nothing tells how much there is, but for reads behind its end, which fail.
            while (flash > 8 && core.Bus.Read32(flash * 512, out _).Failed) flash /= 2;
            ram = Math.Min(flash, row.Cache == 'H' ? 32u : flash) * 128;
        }
        else
        {
            // S32K have no FCFG2; neither they nor KE1x have SOPT1.
            if (flash == 0) flash = core.Bus.Read32(FCFG1, out uint sizes).Ok && core.Bus.Read32(FCFG2, out uint limits).Ok ? FlashOf(sizes, limits) : 0;
            if (ram == 0) ram = isL || core.Bus.Read32(SOPT1, out uint options).Failed ? 512u << (int)(sdid >> 16 & 15) : RamOf(options >> 12 & 15);
        }
        if (flash == 0) return false;
        core.Name.Clear();
        foreach (byte c in row.Name)
        {
            if (c == '%')
            {
                core.Name.AddHex(sdid >> 24, 2, bare: true);
                continue;
            }
            core.Name.Add([c]);
        }
        if (row.Ram == 0)
        {
            core.Name.Add(" "u8);
            core.Name.AddDecimal(flash);
            core.Name.Add(" KB"u8);
        }
        // The S32K's FlexRAM is not in its number: its halves are equal with it, and those with a Cortex-M0+ have 1 KB below.
        uint below = row.Ram != 0 ? row.Cache == 'L' ? 1024 : (ram + 4096) / 2 : core.CpuPart == 0xC60 ? ram / 4 : Math.Min(ram / 2, 64 * 1024);
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(0, flash * 1024, row.Sector));
        core.Map.Add(new MemoryRegion(RamMiddle - below, ram, 0));
        return true;
    }

    /// <summary>KiB. FCFG1.PFSIZE; 15 means "the largest of this part", which FCFG2.MAXADDR0 and 1 tell in units of 8 KiB.</summary>
    private static uint FlashOf(uint sizes, uint limits)
    {
        uint code = sizes >> 24 & 15;
        return code == 15 ? ((limits >> 24 & 0x7F) + ((limits & 1 << 23) != 0 ? limits >> 16 & 0x7F : 0)) * 8 : code == 0 ? 8 : (code & 1) != 0 ? 16u << (int)(code >> 1) : 0;
    }

    /// <summary>Bytes by SOPT1.RAMSIZE (K64 Sub-Family Reference Manual 12.2.1); 8 KiB where it says nothing.</summary>
    private static uint RamOf(uint code)
    {
        ReadOnlySpan<byte> kilobytes = [8, 8, 8, 16, 24, 32, 48, 64, 96, 128, 8, 255, 8, 8, 8, 8];
        uint size = kilobytes[(int)code];
        return (size == 255 ? 256 : size) * 1024;
    }

    public override bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = false;
        if (!IsMdmAp(port)) return false;
        needed = port.Read(Status, out uint status).Ok && (status & (Ready | Secured)) == (Ready | Secured);
        if (needed) name.Add("Kinetis, secured"u8);
        return true;
    }

    /// <summary>NXP's AN4835 4.2.1. The reset pin helps where a secured part's watchdog resets it again and again, and where the MDM-AP takes no reset request from a secured part.</summary>
    public override DebugFault Recover(ControlPort port)
    {
        session.Access.HoldReset = true;
        session.Wait(ResetPulse);
        DebugFault fault = port.Write(Control, SystemReset);
        uint status = 0;
        if (fault.Ok) fault = WaitFor(port, Status, Ready, Ready, ReadyTimeout, out status);
        if (fault.Ok && (status & MayMassErase) == 0) fault = FaultKind.Locked;
        if (fault.Ok) fault = port.Write(Control, SystemReset | MassErase);
        if (fault.Ok && WaitFor(port, Status, MassErase, MassErase, AcceptTimeout, out _).Failed)
        {
            // A KE0x begins at the end of the reset (MKE02Z64M20SF0RM 18.3.7.2).
            fault = port.Write(Control, MassErase);
            session.Access.HoldReset = false;
        }
        if (fault.Ok) fault = WaitFor(port, Control, MassErase, 0, EraseTimeout, out _);
        DebugFault released = port.Write(Control, 0);
        session.Access.HoldReset = false;
        session.Wait(ResetPulse);
        return fault.Failed ? fault : released;
    }

    private DebugFault WaitFor(ControlPort port, uint register, uint mask, uint value, uint limit, out uint read)
    {
        uint start = session.Clock.Milliseconds;
        while (true)
        {
            DebugFault fault = port.Read(register, out read);
            if (fault.Failed || (read & mask) == value) return fault;
            if (session.Clock.Milliseconds - start > limit) return FaultKind.FlashTimeout;
            session.Background.Run();
        }
    }
}
