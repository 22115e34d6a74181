using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// RP2040 with a serial flash, assembled (RP2040 datasheet): two Cortex-M0+ on one bus, each with a time of its own that the target keeps together. The ring oscillator clocks everything,
/// as after reset; crystal, PLLs and CLOCKS are not modelled.
/// </summary>
public sealed class ChipRp2040 : Chip
{
    public const uint Xip = 0x1000_0000, Sram = 0x2000_0000;
    private const uint SramKilobytes = 264, Banked = 0x2100_0000, Window = 0x4000, XipWindow = 0x100_0000;
    // Nominal; the datasheet allows 1.8 to 12 MHz (2.17.3).
    private const ulong RingOscillator = 6_500_000;

    private static CoreFeatures Features { get; } = CoreFeatures.CortexM0Plus with { InterruptLines = 26 };

    private readonly List<Peripheral> _placed = [];
    private readonly MemoryRegion _flashArray;
    private readonly Sio.SharedBits _locks = new();
    private readonly ChipResetRp2040 _chipReset = new();
    private readonly WatchdogRp2040 _watchdog;

    public ChipRp2040(TimeBase time, Nets nets, uint flashKilobytes = 2048) : base("RP2040", CoreKind.CortexM0Plus, Features, time, nets)
    {
        Time.SetFrequency(RingOscillator);
        var rom = AddReadOnly("boot ROM", 0, BootRom.Size);
        rom.OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, offset);
        BootRom.WriteTo(rom.Span);
        AddRam("SRAM", Sram, SramKilobytes, MemoryTiming.Ahb);
        Bus.Map(Banked, BankedRam.Size, new BankedRam(Bus, Sram));
        _flashArray = new("flash", Xip, flashKilobytes * 1024, MemoryTiming.Flash) { OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, Xip + offset) };
        // The window is 16 MB, in which the flash repeats, and shows four times: with and without the cache (2.6.3.1).
        Bus.Map(_flashArray);
        for (uint at = Xip + _flashArray.Size; at < Xip + 4 * XipWindow; at += _flashArray.Size) Bus.Alias(at, _flashArray);
        Flash = new(time, _flashArray, FlashTimes.W25Q16);
        Ssi = new(Die, Flash) { Hertz = () => Time.Hertz };
        Ssi.Changed += UpdateWindow;

        Core1 = new(CoreKind.CortexM0Plus, Bus, Time1, Features);
        Core1.SystemResetRequested += () => Time1.At(Time1.Now, () => Restart(Core1));
        _watchdog = new(() => RequestReset(ResetCause.IndependentWatchdog, "WATCHDOG.CTRL.TRIGGER"));
        var resets = new Resets(Resets.Rp2040);
        Sio[] sio = [new(0, _locks), new(1, _locks)];
        Peripheral[] blocks =
        [
            resets, new Psm(Hold), _watchdog, _chipReset, Ssi, new XipCtrl(), new IoQspi(Ssi),
            new KeptBlock("PADS_QSPI", ("VOLTAGE_SELECT", 0, 0), ("SCLK", 4, 0x56), ("SD0", 8, 0x52), ("SD1", 12, 0x52), ("SD2", 16, 0x52), ("SD3", 20, 0x52), ("SS", 24, 0x5A)),
            new KeptBlock("SYSINFO", ("CHIP_ID", 0, 0x2000_2927), ("PLATFORM", 4, 2), ("GITREF_RP2040", 0x40, 0)),
            new KeptBlock("TBMAN", ("PLATFORM", 0, 5)),
        ];
        foreach (var block in blocks)
        {
            _placed.Add(block);
            Bus.Map(MemoryMapRp2040.Blocks.AddressOf(block.Name), Window, new ApbBlock(block, resets.Attach(block)));
        }
        Bus.Map(MemoryMapRp2040.Blocks.AddressOf("SIO"), 0x1000, new PerCore(sio, () => ReferenceEquals(Master, Core1) ? 1 : 0));
        MemoryMapRp2040.Blocks.MapRest(Bus, quiet: true);
        UpdateWindow();
    }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    public Core Core1 { get; }

    /// <summary>The second core's clock.</summary>
    public TimeBase Time1 { get; } = new(RingOscillator);

    public SpiFlash Flash { get; }
    public Ssi Ssi { get; }

    /// <summary>Whose access to the bus is the next: SIO has two faces.</summary>
    public Core? Master { get; set; }

    public override void StartAt(uint address) => throw new BenchStop("an RP2040 starts in its boot ROM, always");

    /// <summary>SYSRESETREQ resets the core that asks and nothing else.</summary>
    public override void Reset(ResetCause cause)
    {
        if (cause != ResetCause.Software)
        {
            foreach (var block in _placed)
                if (block != _chipReset && block != _watchdog) block.Reset();
            _watchdog.Reset(cause != ResetCause.IndependentWatchdog);
            _locks.Value = 0;
            if (cause == ResetCause.PowerOn)
            {
                Core.ResetDebug();
                Core1.ResetDebug();
                Flash.PowerOff();
                _chipReset.NotePowerOn();
            }
            else if (cause == ResetCause.Pin) _chipReset.NoteRunPin();
            UpdateWindow();
            Restart(Core1);
        }
        Core.Reset();
    }

    /// <summary>The rescue debug port asks: everything starts anew, and the boot ROM then waits for a debugger.</summary>
    public void Rescue()
    {
        Reset(ResetCause.Pin);
        _chipReset.NoteRescue();
    }

    private static void Restart(Core core)
    {
        core.HoldInReset();
        core.Debug.InReset = false;
        core.Reset();
    }

    private void Hold(int number, bool held)
    {
        var core = number == 0 ? Core : Core1;
        if (held) core.HoldInReset();
        else core.Reset();
    }

    private void UpdateWindow() => _flashArray.OnRead = Ssi.IsMemory && !Flash.IsBusy ? null : Refuse;

    /// <summary>The window answers only while the interface makes read commands of it; a flash that is busy would answer nonsense.</summary>
    private void Refuse(uint offset)
    {
        if (!Ssi.IsMemory) throw new CoreFault(FaultKind.PreciseBus, Xip + offset);
        if (Flash.IsBusy) throw new BenchStop($"0x{Xip + offset:X8} is read while the flash is busy");
    }
}
