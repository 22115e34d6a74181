using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Lpc;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>An LPC, assembled: core, memories, boot ROM and system control.</summary>
public sealed class ChipLpc : Chip
{
    private const uint Bank43 = 0x1B00_0000;

    private readonly List<Peripheral> _systems = [];
    private readonly MemoryRegion _rom;
    private readonly Iap _iap;
    private MemoryRegion? _atZero;

    public ChipLpc(LpcPart part, TimeBase time, Nets nets) : base(part.Name, part.Kind, part.Core, time, nets)
    {
        Part = part;
        MemoryRegion[] banks = [.. part.Banks.Select((at, i) => new MemoryRegion(part.Banks.Length == 1 ? "flash" : $"flash {"AB"[i]}", at, part.FlashSize, MemoryTiming.Flash))];
        foreach (var bank in banks) Bus.Map(bank);
        var rams = part.Rams.Select((ram, i) => AddRam($"SRAM{i}", ram.Address, ram.Kilobytes, MemoryTiming.Ahb)).ToList();
        _rom = AddReadOnly("boot ROM", part.RomAt, LpcRom.Size);
        LpcRom.WriteTo(_rom.Span, part.RomAt, rams[0].Address + rams[0].Size - 32, part.Blocks.AddressOf(part.System) + part.Remap, part.RemapFlash, part.IapOffset);
        Flash = new(Die, banks, part.Series == 43 ? null : _rom);
        _iap = new(Bus, Time, Flash, rams[part.IapRam], part);
        Bus.Map(part.RomAt + LpcRom.EngineOffset, 12, _iap);
        Time.SetFrequency(part.Hertz);
        foreach (var block in SystemBlocks())
        {
            _systems.Add(block);
            Bus.Map(part.Blocks.AddressOf(block.Name), part.Series == 43 ? 0x1000u : 0x4000, new BlockOnBus(block, () => true));
        }
        part.Blocks.MapRest(Bus, quiet: true);
    }

    public LpcPart Part { get; }

    /// <summary>The main flash, or its first bank. Its first 64 bytes are the boot ROM's while that is at address 0.</summary>
    public MemoryRegion Array => Flash.Array;

    public LpcFlash Flash { get; }

    public override void StartAt(uint address) => throw new BenchStop("an LPC starts in its boot ROM, always");

    public override void Reset(ResetCause cause)
    {
        Flash.Reset();
        _iap.Reset();
        foreach (var block in _systems) block.Reset();
        if (Part.Series == 43) MapAtZero(_rom);
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        Core.Reset();
    }

    private IEnumerable<Peripheral> SystemBlocks() => Part.Series switch
    {
        17 or 40 => [Of17(new(Time, is40: Part.Series == 40))],
        43 => Of43(),
        _ => [Of11(new(Part))],
    };

    private SysconLpc17 Of17(SysconLpc17 system)
    {
        system.MapChanged += () => Flash.Show(system.ShowsRom);
        return system;
    }

    private SysconLpc11 Of11(SysconLpc11 system)
    {
        system.MapChanged += () => Flash.Show(system.ShowsRom);
        return system;
    }

    private Peripheral[] Of43()
    {
        var creg = new CregLpc43();
        creg.MapChanged += address => MapAtZero(address == Part.Banks[0] ? Flash.Banks[0] : address == Bank43 ? Flash.Banks[1] : _rom);
        return [creg, new CguLpc43()];
    }

    private void MapAtZero(MemoryRegion wanted)
    {
        if (_atZero == wanted) return;
        if (_atZero is not null) Bus.Unmap(0);
        _atZero = wanted;
        Bus.Alias(0, wanted);
    }
}
