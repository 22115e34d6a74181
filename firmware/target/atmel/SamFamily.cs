using System;
using SharpProbe.Adi;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Atmel;

/// <summary>SAM D, L2x, C2x and D5x/E5x: parts whose DSU stands before the core's ROM table and tells the part (DS40001882, "DSU").</summary>
sealed class SamFamily(ProbeSession session) : PartFamily
{
    /// <summary>JEP106 and the part number of the DSU as a ROM table.</summary>
    private const ushort Atmel = 0x1F, DsuPart = 0xCD0;

    /// <summary>The DSU's registers as a debugger has them: all that a secured part shows.</summary>
    private const uint CTRL = 0x4100_2100, STATUSA = CTRL + 1, DID = CTRL + 0x18;

    private const byte ChipErase = 1 << 4, Done = 1 << 0, Fail = 1 << 3, Perr = 1 << 4, Extension = 1 << 1;

    /// <summary>ms: 240 on a D21.</summary>
    private const uint ChipEraseTimeout = 30_000, ResetTime = 20;

    /// <summary>
    /// DID's bits 31:16 without those of DIE; first word of the serial number; series; then a letter for the package and one for the flash's size for each DEVSEL from 0 on: 4: 16 KB … 8: 256, 9: 512,
    /// 0: 1 MB. (DS40001882 and its sisters, "Product mapping"; a second set from DEVSEL 15 on is the B variant of the L21.)
    /// </summary>
    private static ReadOnlySpan<byte> Rows =>
        "x1000 D20 J8J7J6J5J4G8G7G6G5G4E8E7E6E5E4\n"u8 +
        "x1001 D21 J8J7J6J5J4G8G7G6G5G4E8E7E6E5E4\n"u8 +
        "x1002 D10 D4D3D2D4D3D2C4C3C2\n"u8 +
        "x1003 D11 D4D3D2D4D3D2C4C3C2D4\n"u8 +
        "x1004 D09 D4------------C3\n"u8 +
        "x1081 L21 J8J7J6----G8G7G6----E8E7E6E5--\n"u8 +
        "x1082 L22 N8N7N6----J8J7J6----G8G7G6\n"u8 +
        "x1100 C20 J8J7J6J5--G8G7G6G5--E8E7E6E5\n"u8 +
        "x1101 C21 J8J7J6J5--G8G7G6G5--E8E7E6E5\n"u8 +
        "x6006 D51 P0P9N0N9J0J9J8G9G8\n"u8 +
        "x6181 E51 N0N9J9J8J0G9G8\n"u8 +
        "x6183 E53 ----N0N9J0J9J8\n"u8 +
        "x6184 E54 P0P9N0N9\n"u8;

    private const int VariantB = 15;

    private readonly Nvmctrl _nvm = new(session);

    public override FlashController FlashOf(CortexM core) => _nvm;

    public Nvmctrl Nvm => _nvm;

    public override ReadOnlySpan<MonitorCommand> Commands => SamCommands.Rows;

    public override ReadOnlySpan<byte> Options(CortexM core) => core.IsBaseline
        ? "x804000 4 user row\nx804004 4 user row, region locks\n"u8
        : "x804000 4 user page\nx804004 4 user page\nx804008 4 region locks\nx804010 4 user page\n"u8;

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _nvm.WriteUserRow(core, address - Nvmctrl.UserRow, value);

    public override bool Identify(CortexM core)
    {
        if (!TryFind(core.Bus, out PartRow row, out uint did)) return false;
        Name(core.Name, row.From(1), did & 0xFF);
        if (Nvmctrl.ReadSizes(core.Bus, out uint page, out uint flash).Failed) return true;
        core.Map.Add(new MemoryRegion(0, flash, page * (core.IsBaseline ? 4u : 16)));
        // Where it is not an eighth it is more.
        uint ram = core.IsBaseline ? flash / 8 : flash == 512 * 1024 ? 192 * 1024 : Math.Max(flash / 4, 128 * 1024);
        core.Map.Add(new MemoryRegion(0x2000_0000, Math.Max(ram, 2048), 0));
        return true;
    }

    private static bool TryFind(AccessPort port, out PartRow row, out uint did)
    {
        did = 0;
        row = default;
        if (port.Designer != Atmel || port.Part != DsuPart || port.Read32(DID, out did).Failed) return false;
        var rows = new PartTable(Rows);
        while (rows.TryTake(out row))
            if (row[0] == (did >> 16 & 0xFFBF)) return true;
        return false;
    }

    /// <summary>"SAMD21G18A", or as much of it as is known.</summary>
    private static void Name(PartName name, ReadOnlySpan<byte> text, uint devsel)
    {
        name.Clear();
        name.Add("SAM"u8);
        name.Add(text[..3]);
        ReadOnlySpan<byte> codes = text[4..];
        bool second = devsel >= VariantB && text[0] == 'L';
        int at = (int)(second ? devsel - VariantB : devsel) * 2;
        if (at + 1 >= codes.Length || codes[at] == '-')
        {
            name.Add(" DEVSEL "u8);
            name.AddHex(devsel, 2);
            return;
        }
        name.Add(codes[at..(at + 1)]);
        name.Add(codes[at + 1] == '0' ? "2"u8 : "1"u8);
        name.Add(codes[(at + 1)..(at + 2)]);
        name.Add(second ? "B"u8 : "A"u8);
    }

    /// <summary>Whatever is locked, and what closes the part; the user row stays.</summary>
    public override DebugFault EraseAll(CortexM core) => EraseChip(core.Bus);

    /// <summary>A secured part shows its DSU from outside, ROM table and all.</summary>
    public override bool IsClosed(AccessPort port, PartName name)
    {
        if (!TryFind(port, out PartRow row, out uint did)) return false;
        Name(name, row.From(1), did & 0xFF);
        name.Add(", secured"u8);
        return true;
    }

    /// <summary>The security bit goes with the chip erase and counts until the next reset.</summary>
    public override DebugFault Recover(AccessPort port)
    {
        DebugFault fault = EraseChip(port);
        if (fault.Failed) return fault;
        session.Access.HoldReset = true;
        session.Wait(ResetTime);
        session.Access.HoldReset = false;
        session.Wait(ResetTime);
        return fault;
    }

    private DebugFault EraseChip(AccessPort port)
    {
        DebugFault fault = Write8(port, STATUSA, Done | Fail | Perr);
        if (fault.Ok) fault = Write8(port, CTRL, ChipErase);
        uint start = session.Clock.Milliseconds;
        while (fault.Ok)
        {
            fault = port.Read32(CTRL, out uint word);
            uint status = word >> 8;
            if (fault.Ok && (status & (Fail | Perr)) != 0) fault = new DebugFault(FaultKind.FlashFailed, CTRL, status & 0xFF);
            if ((status & Done) != 0) break;
            if (session.Clock.Milliseconds - start > ChipEraseTimeout) fault = FaultKind.EraseTimeout;
            session.Background.Run();
        }
        return fault;
    }

    /// <summary>The core is kept in reset where SWCLK was low when nRESET rose ("CPU reset extension").</summary>
    public override void LetGo(CortexM core) => Write8(core.Bus, STATUSA, Extension);

    private static DebugFault Write8(AccessPort port, uint address, byte value)
    {
        Span<byte> one = stackalloc byte[1];
        one[0] = value;
        return port.WriteSized(address, one, 1);
    }
}
