using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nordic;

/// <summary>nRF51, nRF52, nRF53 and nRF91: parts that describe themselves in FICR, with an NVMC flash controller and, from the nRF52 on, a control access port that opens a locked one.</summary>
sealed class NordicFamily(ProbeSession session) : PartFamily
{
    private const ushort Designer = 2 << 7 | 0x44;

    /// <summary>IDR of the CTRL-AP, without revision: nRF52 0x02880000, nRF53 and nRF91 0x12880000.</summary>
    private const uint CtrlAp = 0x0288_0000, CtrlApM33 = 0x1288_0000;

    /// <summary>Registers of the CTRL-AP (nRF52832 Product Specification, "CTRL-AP").</summary>
    private const uint RESET = 0x00, ERASEALL = 0x04, ERASEALLSTATUS = 0x08, APPROTECTSTATUS = 0x0C;

    private const uint DeviceEn = 1 << 6;

    /// <summary>ms: erasing everything takes 295 ms on an nRF52832; the reset's end.</summary>
    private const uint EraseTimeout = 15_000, ResetTime = 10;

    /// <summary>FICR.NUMRAMBLOCK and SIZERAMBLOCKS of an nRF51.</summary>
    private const uint RamBlocks = 0x034, RamBlockSize = 0x038;

    /// <summary>CONFIGID.HWID of an nRF51.</summary>
    private const uint ConfigId = 0x05C;

    private const uint LargestPage = 4096, MostPages = 1024, MostRam = 1024;

    private readonly Nvmc _nvmc = new(session);

    public override FlashController FlashOf(CortexM core) => _nvmc;

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = NordicChip.Rows[core.PartRow].DeviceId;
        words = 2;
        return true;
    }

    public override ReadOnlySpan<MonitorCommand> Commands => NordicCommands.Rows;

    public Nvmc Nvmc => _nvmc;

    public override bool Identify(CortexM core)
    {
        if (core.Bus.Designer != Designer) return false;
        for (int i = 0; i < NordicChip.Rows.Length; i++)
        {
            NordicChip chip = NordicChip.Rows[i];
            if (chip.Cpu != core.CpuPart || chip.Port != core.Bus.Index) continue;
            core.PartRow = i;
            if (Fill(core, chip)) return true;
        }
        return false;
    }

    private static bool Fill(CortexM core, in NordicChip chip)
    {
        AccessPort bus = core.Bus;
        if (bus.Read32(chip.Sizes, out uint page).Failed || bus.Read32(chip.Sizes + 4, out uint pages).Failed) return false;
        if (page is < 1024 or > LargestPage || (page & page - 1) != 0 || pages is 0 or > MostPages) return false;
        uint ram = 0;
        core.Name.Clear();
        if (chip.IsNrf51)
        {
            if (bus.Read32(chip.Ficr + RamBlocks, out uint blocks).Ok && bus.Read32(chip.Ficr + RamBlockSize, out uint size).Ok && blocks <= 8) ram = blocks * size / 1024;
            if (bus.Read32(chip.Ficr + ConfigId, out uint id).Ok) Nrf51Names.Write(core.Name, id & 0xFFFF);
        }
        else
        {
            if (bus.Read32(chip.Info, out uint part).Failed || bus.Read32(chip.Info + 4, out uint variant).Failed || bus.Read32(chip.Info + 12, out ram).Failed) return false;
            if (chip.IsM33 ? part >> 4 != chip.Part : part >> 12 != 0x52) return false;
            core.Name.Add("nRF"u8);
            core.Name.AddHex(part, chip.IsM33 ? 4 : 5, bare: true);
            AddVariant(core.Name, variant);
            if (chip.Port != 0) core.Name.Add(" network core"u8);
        }
        core.Map.Clear();
        core.Map.Add(new MemoryRegion(chip.Flash, page * pages, page));
        core.Map.Add(new MemoryRegion(chip.Uicr, chip.UicrLength, chip.UicrLength));
        core.Map.Add(new MemoryRegion(chip.Ram, ram is 0 or > MostRam ? 16 * 1024 : ram * 1024, 0));
        return true;
    }

    /// <summary>Four characters, "AAE0"; nothing where FICR is empty.</summary>
    private static void AddVariant(PartName name, uint variant)
    {
        Span<byte> text = stackalloc byte[5];
        text[0] = (byte)' ';
        for (int i = 0; i < 4; i++)
        {
            byte c = (byte)(variant >> (3 - i) * 8);
            if (c is < (byte)'0' or > (byte)'Z') return;
            text[i + 1] = c;
        }
        name.Add(text);
    }

    /// <summary>nRESET closes the debug port of an nRF53 until its program has written CTRLAP.APPROTECT.DISABLE; a reset by AIRCR does not (nRF5340 Product Specification, "CTRL-AP").</summary>
    public override bool KeepsOffResetPin(CortexM core) => NordicChip.Rows[core.PartRow].IsM33;

    public override bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = false;
        if (port.Idr is not (CtrlAp or CtrlApM33)) return false;
        if (port.Idr == CtrlAp) needed = port.Read(APPROTECTSTATUS, out uint status).Ok && (status & 1) == 0;
        // The CTRL-APs of an nRF5340 are 2 and 3, of its cores' ports 0 and 1; an nRF91 has 4 and 0.
        else needed = port.ReadCsw(port.Index == 3 ? 1u : 0, out uint csw).Ok && (csw & DeviceEn) == 0;
        if (needed) name.Add(port.Idr == CtrlAp ? "nRF52 locked by APPROTECT"u8 : "nRF53 or nRF91 locked by APPROTECT"u8);
        return true;
    }

    /// <summary>ERASEALL takes flash, UICR and RAM; what it opens stays open until the next reset looks at UICR.</summary>
    public override DebugFault Recover(ControlPort port)
    {
        DebugFault fault = port.Write(ERASEALL, 1);
        uint start = session.Clock.Milliseconds, status = 1;
        while (fault.Ok)
        {
            fault = port.Read(ERASEALLSTATUS, out status);
            if (status == 0) break;
            if (session.Clock.Milliseconds - start > EraseTimeout) return FaultKind.FlashTimeout;
            session.Background.Run();
        }
        if (fault.Ok) fault = port.Write(ERASEALL, 0);
        if (fault.Ok) fault = port.Write(RESET, 1);
        if (fault.Ok) fault = port.Write(RESET, 0);
        session.Wait(ResetTime);
        return fault;
    }

    public override DebugFault OnRecovered(CortexM core) => _nvmc.KeepOpen(core);
}
