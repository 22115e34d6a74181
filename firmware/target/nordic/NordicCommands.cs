using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Nordic;

/// <summary>monitor commands of Nordic's parts.</summary>
static unsafe class NordicCommands
{
    public static ReadOnlySpan<MonitorCommand> Rows => s_rows;

    private static readonly MonitorCommand[] s_rows =
    [
        new("erase_uicr\nerases UICR"u8, &EraseUicr),
        new("protect_flash\ncloses the debug port from the next reset on; monitor recover opens it and erases everything"u8, &Lock),
        new("read hwid | fwid | deviceid | deviceaddr | deviceinfo\nwhat the part says of itself"u8, &Read),
    ];

    private const uint FirmwareId = 0x010, ConfigId = 0x05C, AddressType = 0x0A0, Address = 0x0A4, ConfigIdM33 = 0x200;

    private static bool TryFind(TargetSession session, TextOutput text, out CortexM core, out NordicFamily family)
    {
        bool found = FlashCommands.TryFind(session, text, out core, out PartFamily any);
        family = (any as NordicFamily)!;                    // its commands are offered for its own parts only
        return found;
    }

    private static bool Told(TextOutput text, DebugFault fault) => fault.Ok || Reply.Fault(text, fault);

    private static bool EraseUicr(TargetSession session, ref Words words, TextOutput text) =>
        TryFind(session, text, out CortexM core, out NordicFamily family) && Told(text, family.Nvmc.EraseUicr(core));

    private static bool Lock(TargetSession session, ref Words words, TextOutput text) =>
        TryFind(session, text, out CortexM core, out NordicFamily family) && Told(text, family.Nvmc.Lock(core));

    private static bool Read(TargetSession session, ref Words words, TextOutput text)
    {
        if (!TryFind(session, text, out CortexM core, out _)) return false;
        NordicChip chip = NordicChip.Rows[core.PartRow];
        words.TryTake(out ReadOnlySpan<byte> what);
        if (Is("deviceinfo"u8, what)) return Describe(core, text);
        ReadOnlySpan<byte> title = "Hardware ID: 0x"u8;
        uint address = chip.Ficr + (chip.IsM33 ? ConfigIdM33 : ConfigId), set = 0;
        int count = 1, digits = 4;
        if (Is("fwid"u8, what))
        {
            title = "Firmware ID: 0x"u8;
            address = chip.Uicr + FirmwareId;
        }
        else if (Is("deviceid"u8, what))
        {
            title = "Device ID: 0x"u8;
            (address, count, digits) = (chip.DeviceId, 2, 8);
        }
        else if (Is("deviceaddr"u8, what) && !chip.IsM33)
        {
            DebugFault read = core.Bus.Read32(chip.Ficr + AddressType, out uint type);
            if (read.Failed) return Reply.Fault(text, read);
            // The two highest bits of a random address are ones (Bluetooth Core, "Static device address").
            set = (type & 1) * 0xC000;
            title = set != 0 ? "Random address: 0x"u8 : "Public address: 0x"u8;
            (address, count) = (chip.Ficr + Address, 2);
        }
        else if (!Is("hwid"u8, what)) return Reply.Fault(text, FaultKind.BadArgument);
        return Numbers(core, text, title, address, count, digits, set);
    }

    private static bool Describe(CortexM core, TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[128];
        var line = new ByteWriter(buffer);
        line.Write(core.Name.Text);
        foreach (MemoryRegion region in core.Map.Regions)
        {
            line.Write(region.IsFlash ? ", "u8 : ", RAM "u8);
            line.WriteDecimal(region.Length);
            line.Write(region.IsFlash ? " bytes in pages of "u8 : " bytes"u8);
            if (region.IsFlash) line.WriteDecimal(region.Block);
        }
        line.Write((byte)'\n');
        text.Write(line.Written);
        return true;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> typed) => !typed.IsEmpty && name.StartsWith(typed);

    /// <summary>Words as one number, the highest address first.</summary>
    /// <param name="digits">Of the first.</param>
    /// <param name="set">Bits of the first that are shown set.</param>
    private static bool Numbers(CortexM core, TextOutput text, ReadOnlySpan<byte> title, uint address, int words, int digits, uint set)
    {
        Span<byte> buffer = stackalloc byte[48];
        var line = new ByteWriter(buffer);
        line.Write(title);
        while (words-- > 0)
        {
            DebugFault fault = core.Bus.Read32(address + (uint)words * 4, out uint value);
            if (fault.Failed) return Reply.Fault(text, fault);
            line.WriteHex(value | set, digits);
            (digits, set) = (8, 0);
        }
        line.Write((byte)'\n');
        text.Write(line.Written);
        return true;
    }
}
