using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Silabs;

/// <summary>
/// EFM32, EZR32 and EFR32: the device information page names them (EFM32GG reference manual, "Device information page"; EFR32xG22 reference manual, "DEVINFO"). <see cref="CortexM.PartState"/>: which MSC, as the
/// rows have it, or of series 2 its clock's bit.
/// </summary>
sealed class Efm32Family(ProbeSession session) : PartFamily
{
    private const ushort EnergyMicro = 6 << 7 | 0x73, SiliconLabs = 2 << 7 | 0x22;

    private const uint PageSizeCode = 0x0FE0_81E4, UniqueId = 0x0FE0_81F0, Sizes = 0x0FE0_81F8, Part = 0x0FE0_81FC, LockBits = 0x0FE0_4000, DLW = LockBits + 127 * 4;

    /// <summary>Of series 2.</summary>
    private const uint DevInfo = 0x0FE0_8000, EUI64 = DevInfo + 0x48;

    private const ushort CortexM33 = 0xD21;

    /// <summary>PROD_REV below which the page size of Giant and Leopard Gecko is wrong (errata).</summary>
    private const uint GoodPageSize = 18;

    /// <summary>Number of the family; page in bytes, 0: as the part says; its MSC: 0 or 1: series, 2: series 1 where it is elsewhere, 3: the first; name.</summary>
    private static ReadOnlySpan<byte> Rows =>
        "71 512 3 EFM32G\n"u8 +
        "72 - 0 EFM32GG\n"u8 +
        "73 512 0 EFM32TG\n"u8 +
        "74 - 0 EFM32LG\n"u8 +
        "75 - 0 EFM32WG\n"u8 +
        "76 1024 0 EFM32ZG\n"u8 +
        "77 1024 0 EFM32HG\n"u8 +
        "120 - 0 EZR32WG\n"u8 +
        "121 - 0 EZR32LG\n"u8 +
        "122 1024 0 EZR32HG\n"u8 +
        "81 - 1 EFM32PG1B\n"u8 +
        "83 - 1 EFM32JG1B\n"u8 +
        "85 - 1 EFM32PG12B\n"u8 +
        "87 - 1 EFM32JG12B\n"u8 +
        "89 - 1 EFM32PG13B\n"u8 +
        "91 - 1 EFM32JG13B\n"u8 +
        "100 - 2 EFM32GG11B\n"u8 +
        "103 - 2 EFM32TG11B\n"u8 +
        "106 - 2 EFM32GG12B\n"u8 +
        "16 - 1 EFR32MG1\n"u8 +
        "19 - 1 EFR32BG1\n"u8 +
        "25 - 1 EFR32FG1\n"u8 +
        "28 - 1 EFR32MG12\n"u8 +
        "31 - 1 EFR32BG12\n"u8 +
        "37 - 1 EFR32FG12\n"u8 +
        "40 - 1 EFR32MG13\n"u8 +
        "43 - 1 EFR32BG13\n"u8 +
        "46 - 1 EFR32ZG13\n"u8 +
        "49 - 1 EFR32FG13\n"u8 +
        "52 - 1 EFR32MG14\n"u8 +
        "55 - 1 EFR32BG14\n"u8 +
        "58 - 1 EFR32ZG14\n"u8 +
        "61 - 1 EFR32FG14\n"u8;

    /// <summary>Bytes of a page and KiB of flash and RAM that such a part has at most.</summary>
    private const uint SmallestPage = 512, LargestPage = 8192, MostFlash = 4096, MostRam = 1024;

    /// <summary>IDR of the authentication access port of series 0 and 1, which a locked part has in the place of its AHB-AP ("AAP").</summary>
    private const uint Aap0 = 0x16E6_0001, Aap1 = 0x26E6_0011;

    /// <summary>Where the Geckos with a Cortex-M0+ have it, behind this access port (EFM32HG reference manual, "AAP").</summary>
    private const uint AapM0Plus = 0xF0E0_0000, AhbApM0Plus = 0x0477_0031;

    private const uint CMD = 0, CMDKEY = 4, STATUS = 8, IDR = 0xFC, DEVICEERASE = 1, SYSRESETREQ = 2, ERASEBUSY = 1, AapKey = 0xCFAC_C118;

    /// <summary>ms.</summary>
    private const uint EraseTimeout = 2000, ResetTime = 20;

    /// <summary>EFR32 have three numbers each: the P, B and V part.</summary>
    private const uint FirstEfm32 = 71, Variants = 3;

    private readonly Msc _msc = new(session);

    public override FlashController FlashOf(CortexM core) => _msc;

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = IsSeries2(core) ? EUI64 : UniqueId;
        words = 2;
        return true;
    }

    /// <summary>Series 2 keeps its locks behind the debug challenge interface and has no words for them in flash.</summary>
    public override ReadOnlySpan<byte> Options(CortexM core) => IsSeries2(core) ? default : "x0FE041F4 4 MLW mass erase lock\nx0FE041F8 4 ULW user page lock\nx0FE041FC 4 DLW debug lock\n"u8;

    /// <summary>Bits are cleared and no others set. A debug lock is opened by a device erase through the authentication port alone.</summary>
    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible)
    {
        if (address == DLW && (value & 15) != 15 && !irreversible) return FaultKind.Irreversible;
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        DebugFault fault = _msc.Open(core);
        if (fault.Ok) fault = _msc.Program(new MemoryRegion(LockBits, 0x1000, 0x1000), address, word);
        DebugFault closed = _msc.Close();
        return fault.Failed ? fault : closed;
    }

    public override bool IsDoor(ControlPort port, PartName name, out bool needed)
    {
        needed = port.Idr is Aap0 or Aap1;
        if (needed) name.Add("EFM32 or EFR32, debug locked"u8);
        return needed;
    }

    /// <summary>Geckos with a Cortex-M0+ show that port's registers as memory, and nothing else.</summary>
    public override bool IsClosed(AccessPort port, PartName name)
    {
        if (port.Idr != AhbApM0Plus || port.Read32(AapM0Plus + IDR, out uint id).Failed || id != Aap0) return false;
        name.Add("EFM32, debug locked"u8);
        return true;
    }

    public override DebugFault Recover(ControlPort port) => Recover(port, null);

    public override DebugFault Recover(AccessPort port) => Recover(null, port);

    private static DebugFault Write(ControlPort? port, AccessPort? memory, uint register, uint value) => port != null ? port.Write(register, value) : memory!.Write32(AapM0Plus + register, value);

    /// <summary>The device erase takes flash and lock words; the debug lock counts until the next reset.</summary>
    private DebugFault Recover(ControlPort? port, AccessPort? memory)
    {
        DebugFault fault = Write(port, memory, CMDKEY, AapKey);
        if (fault.Ok) fault = Write(port, memory, CMD, DEVICEERASE);
        uint start = session.Clock.Milliseconds, status = ERASEBUSY;
        while (fault.Ok && (status & ERASEBUSY) != 0)
        {
            fault = port != null ? port.Read(STATUS, out status) : memory!.Read32(AapM0Plus + STATUS, out status);
            if (session.Clock.Milliseconds - start > EraseTimeout) fault = FaultKind.EraseTimeout;
            session.Background.Run();
        }
        if (fault.Ok) fault = Write(port, memory, CMD, SYSRESETREQ);
        session.Wait(ResetTime);
        return fault;
    }

    /// <summary>
    /// Series 2 has family letters and a number, and a device number whose thousands are a letter ("C224" is 2224). Its flash begins at 0 in the xG21, where clocks come by themselves, and the xG22, whose MSC has
    /// bit 17 of CMU.CLKEN1, and at 0x08000000 in the successors, with bit 16 (Silicon Labs, "Series 2 DCI and SWD Programming").
    /// </summary>
    public override bool Identify(CortexM core)
    {
        if (core.Bus.Designer is not (EnergyMicro or SiliconLabs)) return false;
        AccessPort port = core.Bus;
        bool second = core.CpuPart == CortexM33;
        if (port.Read32(second ? DevInfo + 4 : Part, out uint part).Failed || port.Read32(second ? DevInfo + 12 : Sizes, out uint sizes).Failed) return false;
        uint family = part >> 16 & 0xFF, number = part & 0xFFFF, start = 0, page;
        Span<byte> buffer = stackalloc byte[40];
        var writer = new ByteWriter(buffer);
        if (second)
        {
            uint letters = part >> 24;
            if (family is < 21 or > 29 || letters > 3 || number >= 26_000 || port.Read32(DevInfo + 8, out page).Failed) return false;
            core.PartRow = ~0;
            core.PartState = family == 21 ? Msc.Unclocked : family == 22 ? 1u << 17 : 1u << 16;
            if (family > 22) start = 0x0800_0000;
            writer.Write("EFR32"u8);
            writer.Write("FMBZ"u8[(int)letters]);
            writer.Write((byte)'G');
            writer.WriteDecimal(family);
            writer.Write((byte)('A' + number / 1000));
            page = 1u << (int)((page + 10) & 15);
        }
        else
        {
            if (!TryRow(family, core, out PartRow row)) return false;
            page = PageOf(port, row, part, sizes);
            writer.Write(row.From(3));
            if (row[0] < FirstEfm32) writer.Write("PBV"u8[(int)(family - row[0])]);
        }
        uint flash = sizes & 0xFFFF, ram = sizes >> 16;
        if (page is < SmallestPage or > LargestPage || flash is 0 or > MostFlash || (flash * 1024 & page - 1) != 0 || ram > MostRam) return false;
        core.PartData = sizes;
        core.Map.Add(new MemoryRegion(start, flash * 1024, page));
        core.Map.Add(new MemoryRegion(0x2000_0000, ram * 1024, 0));
        for (uint digit = 100; digit != 0; digit /= 10) writer.Write((byte)('0' + number / digit % 10));
        writer.Write((byte)'F');
        writer.WriteDecimal(flash);
        core.Name.Clear();
        core.Name.Add(writer.Written);
        return true;
    }

    private static bool TryRow(uint family, CortexM core, out PartRow row)
    {
        var rows = new PartTable(Rows);
        while (rows.TryTake(out row))
        {
            if (family - row[0] >= (row[0] < FirstEfm32 ? Variants : 1u)) continue;
            core.PartRow = rows.Index;
            core.PartState = row[2];
            return true;
        }
        return false;
    }

    /// <summary>From 512 KiB on there is a second half. The first Geckos know page erases alone.</summary>
    public static int MassErases(CortexM core) => IsSeries2(core) ? 1 : PartTable.Row(Rows, core.PartRow)[1] == 512 ? 0 : (core.PartData & 0xFFFF) >= 512 ? 2 : 1;

    public static bool IsSeries2(CortexM core) => core.PartRow < 0;

    private static uint PageOf(AccessPort port, PartRow row, uint part, uint sizes)
    {
        if (row[1] != 0) return row[1];
        if (row[0] is 72 or 74 && part >> 24 < GoodPageSize) return (sizes & 0xFFFF) < 512 ? 2048u : 4096u;
        return port.Read32(PageSizeCode, out uint word).Ok ? 1u << (int)(((word >> 24) + 10) & 15) : 2048u;
    }
}
