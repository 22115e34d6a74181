using System;
using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target.Cortex;
using SharpProbe.Target.Flash;

namespace SharpProbe.Target.Stm32;

/// <summary>STM32F2, F4 and F7, and GD32F4. <see cref="CortexM.PartData"/>: KiB of a bank where there are two, or 0.</summary>
sealed unsafe class Stm32F4Family(ProbeSession session) : StFamily
{
    private const uint Idcode = 0xE004_2000, RamStart = 0x2000_0000, CoreCoupledStart = 0x1000_0000;

    /// <summary>OPTCR: two banks of 512 KB on a part of 1 MB (RM0090 3.4), one bank on F76x (RM0410 3.4).</summary>
    private const uint DB1M = 1 << 30, NDBANK = 1 << 29;

    /// <summary>Bytes of the text that lists one option register.</summary>
    private const int OptionRow = 18, OptionRow1 = 19;

    private readonly FlashF4 _flash = new(session);

    private static readonly MonitorCommand[] s_commands =
    [
        new("psize [x8 | x16 | x32 | auto]\nbits programmed at once; auto: what the target's voltage allows"u8, &ProgramSize),
    ];

    public override ReadOnlySpan<MonitorCommand> Commands => s_commands;

    public override FlashController FlashOf(CortexM core) => _flash;

    protected override Dbgmcu DebugUnit(CortexM core) => Dbgmcu.At(Idcode, false);

    public override bool Identify(CortexM core)
    {
        bool gigaDevice = core.Bus.Designer == GigaDevice;
        if (core.CpuPart is not (0xC23 or 0xC24 or 0xC27) || core.Bus.Designer is not St && !gigaDevice) return false;
        uint id = core.Bus.Part;
        if (!gigaDevice && core.Bus.Read32(Idcode, out uint idcode).Ok && (idcode & 0xFFF) != 0) id = idcode & 0xFFF;
        if (!TryFind(core, Stm32F4Part.Rows, id, core.CpuPart, out PartRow row)) return false;
        var part = new Stm32F4Part(row);
        if (gigaDevice != (part.Banks == 'G')) return false;
        Fill(core, part);
        return true;
    }

    private void Fill(CortexM core, Stm32F4Part part)
    {
        uint kilobytes = part.Flash;
        uint sizeAt = part.UniqueId + part.SizeOffset;
        if (core.Bus.Read32(sizeAt & ~3u, out uint size).Ok && size >> 16 is > 0 and <= 3072) kilobytes = size >> 16;      // a half-word at an address that is 2 above a word's
        core.Bus.Read32(FlashF4.OPTCR, out uint optcr);
        core.PartData = BankOf(part, kilobytes, optcr);
        core.Map.Clear();
        uint first = core.PartData == 0 ? kilobytes : core.PartData;
        AddBank(core, part, FlashF4.FlashStart, first);
        uint second = Math.Min(kilobytes - first, first);
        AddBank(core, part, FlashF4.FlashStart + first * 1024, second);
        if (kilobytes > first + second) core.Map.Add(new MemoryRegion(FlashF4.FlashStart + (first + second) * 1024, (kilobytes - first - second) * 1024, 256 * 1024));
        core.Map.Add(new MemoryRegion(RamStart, part.Ram * 1024, 0));
        core.Map.Add(new MemoryRegion(CoreCoupledStart, part.CoreCoupled * 1024, 0));
        Call(core, part.Name, _flash.IsReadProtected(core));
    }

    private static uint BankOf(Stm32F4Part part, uint kilobytes, uint optcr) => part.Banks switch
    {
        'D' => kilobytes > 1024 || kilobytes == 1024 && (optcr & DB1M) != 0 ? kilobytes / 2 : 0,
        'N' => (optcr & NDBANK) == 0 ? kilobytes / 2 : 0,
        'G' => kilobytes > 1024 ? 1024u : 0,
        _ => 0,
    };

    /// <summary>Four sectors of a size, one of four times that, the rest of eight times.</summary>
    private static void AddBank(CortexM core, Stm32F4Part part, uint start, uint kilobytes)
    {
        uint small = part.SmallSector(core);
        Add(core, ref start, ref kilobytes, 4 * small, small);
        Add(core, ref start, ref kilobytes, 4 * small, 4 * small);
        Add(core, ref start, ref kilobytes, kilobytes, 8 * small);
    }

    private static void Add(CortexM core, ref uint start, ref uint kilobytes, uint length, uint block)
    {
        length = Math.Min(length, kilobytes);
        core.Map.Add(new MemoryRegion(start, length * 1024, block * 1024));
        start += length * 1024;
        kilobytes -= length;
    }

    public override bool TryUniqueId(CortexM core, out uint address, out int words)
    {
        address = Stm32F4Part.Of(core).UniqueId;
        words = 3;
        return true;
    }

    public override ReadOnlySpan<byte> Options(CortexM core) =>
        Stm32F4Part.OptionRows[..(OptionRow + (Stm32F4Part.Of(core).Options - 1) * OptionRow1)];

    public override DebugFault WriteOption(CortexM core, uint address, uint value, bool irreversible) => _flash.WriteOption(core, address, value, irreversible);

    public override DebugFault ResetOptions(CortexM core) => _flash.Unprotect(core);

    private static bool ProgramSize(TargetSession session, ref Words words, TextOutput text)
    {
        if (!FlashCommands.TryFind(session, text, out _, out PartFamily family) || family is not Stm32F4Family own) return false;
        if (words.TryTake(out ReadOnlySpan<byte> word))
        {
            int chosen = word.SequenceEqual("x8"u8) ? 0 : word.SequenceEqual("x16"u8) ? 1 : word.SequenceEqual("x32"u8) ? 2 : "auto"u8.StartsWith(word) ? 3 : -1;
            if (chosen < 0) return Reply.Fault(text, FaultKind.BadArgument);
            own._flash.ChosenWidth = (uint)chosen;
        }
        text.Write(own._flash.ChosenWidth switch { 0 => "x8\n"u8, 1 => "x16\n"u8, 2 => "x32\n"u8, _ => "auto\n"u8 });
        return true;
    }
}
