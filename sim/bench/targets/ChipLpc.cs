using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Chips.Lpc;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>An LPC17xx or LPC11Uxx, assembled: core, memories, boot ROM and system control.</summary>
public sealed class ChipLpc : Chip
{
    private readonly Peripheral _system;
    private readonly Iap _iap;

    public ChipLpc(LpcPart part, TimeBase time, Nets nets) : base(part.Name, part.Kind, part.Core, time, nets)
    {
        Part = part;
        Array = new("flash", 0, part.FlashSize, MemoryTiming.Flash);
        Bus.Map(Array);
        var rams = part.Rams.Select((ram, i) => AddRam($"SRAM{i}", ram.Address, ram.Kilobytes, MemoryTiming.Ahb)).ToList();
        var rom = AddReadOnly("boot ROM", LpcRom.Address, LpcRom.Size);
        LpcRom.WriteTo(rom.Span, rams[0].Address + rams[0].Size - 32, part.Blocks.AddressOf(part.System) + part.Remap, part.RemapFlash);
        Flash = new(Die, Array, rom);
        _iap = new(Bus, Time, Flash, rams[0], part);
        Bus.Map(LpcRom.Engine, 12, _iap);
        Time.SetFrequency(part.Hertz);
        _system = part.Core.IsV6M ? Of11(new(part)) : Of17(new(Time));
        Bus.Map(part.Blocks.AddressOf(part.System), 0x4000, new BlockOnBus(_system, () => true));
        part.Blocks.MapRest(Bus, quiet: true);
    }

    public LpcPart Part { get; }

    /// <summary>The main flash. Its first 64 bytes are the boot ROM's while that is at address 0.</summary>
    public MemoryRegion Array { get; }

    public LpcFlash Flash { get; }

    public override void StartAt(uint address) => throw new BenchStop("an LPC starts in its boot ROM, always");

    public override void Reset(ResetCause cause)
    {
        Flash.Reset();
        _iap.Reset();
        _system.Reset();
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        Core.Reset();
    }

    private Peripheral Of17(SysconLpc17 system)
    {
        system.MapChanged += () => Flash.Show(system.ShowsRom);
        return system;
    }

    private Peripheral Of11(SysconLpc11 system)
    {
        system.MapChanged += () => Flash.Show(system.ShowsRom);
        return system;
    }
}
