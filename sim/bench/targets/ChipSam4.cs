using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Chips.Sam;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// A SAM with EEFC and CHIPID, assembled: ATSAM4S2B (datasheet 11100), ATSAM3X8E (11057) or ATSAME70Q19 (DS60001527). The clock controller's registers are kept without effect; the watchdog, which
/// runs from reset on and stands while the core is halted, is not modelled.
/// </summary>
public sealed class ChipSam4 : PlainChip
{
    private const uint BootRom = 0x0080_0000;
    private const uint BootFromFlash = 2;

    private static CoreFeatures M3 { get; } = CoreFeatures.CortexM3 with { CpuId = 0x412F_C230, InterruptLines = 45, MpuRegions = 8 };
    private static CoreFeatures M4 { get; } = CoreFeatures.CortexM4 with { CpuId = 0x410F_C240, InterruptLines = 35, MediaFeatures = [] };
    private static CoreFeatures M7 { get; } = CoreFeatures.Stm32F723 with { InterruptLines = 74, PriorityBits = 3, MpuRegions = 16, MediaFeatures = CoreFeatures.Stm32H743.MediaFeatures };

    private readonly MemoryRegion _flash, _rom;
    private readonly Eefc[] _controllers;
    private bool _bootsFlash;

    public ChipSam4(Sam4Part part, TimeBase time, Nets nets)
        : base(part.Die, part.Core, part.Core switch { CoreKind.CortexM3 => M3, CoreKind.CortexM4 => M4, _ => M7 }, 4_000_000, time, nets)
    {
        // Both planes of a part that has two follow each other.
        uint plane = part.FlashKilobytes * 1024 / (uint)part.Controllers.Length;
        _controllers = new Eefc[part.Controllers.Length];
        _flash = null!;
        for (int i = 0; i < _controllers.Length; i++)
        {
            var region = new MemoryRegion($"flash {i}", part.Flash + (uint)i * plane, plane, MemoryTiming.Flash);
            Bus.Map(region);
            if (i == 0) _flash = region;
            _controllers[i] = new(Die, Work, region, part.Kind, BootFromFlash, [0x3353_4B31, 0x1234_5678, 0x9ABC_DEF0, 0x0000_0F1A + (uint)i]);
            Place(part.Controllers[i], 0x200, _controllers[i]);
        }
        _rom = AddFixed("boot ROM", BootRom, 0x4000);
        ReadOnlySpan<byte> loop = [0x00, 0x04, 0x00, 0x20, 0x09, 0x00, 0x80, 0x00, 0xFE, 0xE7];
        loop.CopyTo(_rom.Span);
        Bus.Alias(0, _rom);
        AddRam("RAM", part.Ram, part.RamKilobytes, MemoryTiming.Ahb);
        Place(part.ChipId, 0x20, new KeptBlock("CHIPID", ("CIDR", 0, part.Cidr), ("EXID", 4, part.Exid)));
        // OpenOCD takes the bus matrix of a SAM3X for a clock controller and reads it.
        if (part.Kind == EefcKind.Sam3X) Place(0x400E_0400, 0x200, new KeptBlock("MATRIX", ("MCFG0", 0, 0)));
        Place(part.Clocks, 0x200, new KeptBlock("PMC", ("SCSR", 0x08, 1), ("PCSR", 0x18, 0), ("CKGR_UCKR", 0x1C, 0x1020_0800), ("CKGR_MOR", 0x20, 8), ("CKGR_MCFR", 0x24, 0x0001_1E84), ("CKGR_PLLAR", 0x28, 0x3F00),
            ("MCKR", 0x30, 1), ("PCK0", 0x40, 0), ("PCK1", 0x44, 0), ("PCK2", 0x48, 0), ("SR", 0x68, 0x0003_0008), ("IMR", 0x6C, 0), ("FSMR", 0x70, 0), ("FSPR", 0x74, 0)));
    }

    public IReadOnlyList<Eefc> Controllers => _controllers;

    /// <summary>The security bit closes the access port as a whole; nothing but the ERASE pin opens it.</summary>
    public override bool IsOpen => !_controllers[0].IsSecured;

    protected override void ResetBlocks(ResetCause cause)
    {
        bool flash = (_controllers[0].Gpnvm & BootFromFlash) != 0;
        if (flash == _bootsFlash) return;
        _bootsFlash = flash;
        Bus.Unmap(0);
        Bus.Alias(0, flash ? _flash : _rom);
    }
}
