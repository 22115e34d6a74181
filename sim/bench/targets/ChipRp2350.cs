using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Chips.Rp2350;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// RP2350 in its Arm architecture with a serial flash, assembled (RP2350 datasheet): two Cortex-M33 with a redundancy coprocessor each on one bus. The ring oscillator clocks everything, as after reset;
/// crystal, PLLs, CLOCKS, TrustZone and ACCESSCTRL are not modelled: everything is Secure.
/// </summary>
public sealed class ChipRp2350 : Chip
{
    public const uint Xip = 0x1000_0000, Sram = 0x2000_0000;
    private const uint SramKilobytes = 520, Window = 0x4000, XipWindow = 0x100_0000, NoCache = 0x1400_0000, Maintenance = 0x1800_0000, NoTranslation = 0x1C00_0000, BootRam = 0x400E_0000;
    // Nominal; 4.6 to 19.6 MHz (8.3.1).
    private const ulong RingOscillator = 11_000_000;

    /// <summary>Cortex-M33 r1p0 with Arm's ROM table (3.7.2); executes what a Cortex-M4 does, and has no watchpoints, whose v8-M registers the bench does not know.</summary>
    private static CoreFeatures Features { get; } = CoreFeatures.CortexM4 with
    {
        CpuId = 0x411F_D210, InterruptLines = 52, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0, DwtComparators = 0, HasTpiu = false, HasCti = true, Coprocessors = 3 << 14,
        PartRomTable = (0x4C9, 0x43B, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003]),
    };

    private readonly List<Peripheral> _placed = [];
    private readonly MemoryRegion _flashArray;
    private readonly Sio.SharedBits _locks = new();
    private readonly Powman _powman = new();
    private readonly WatchdogRp2040 _watchdog;
    private readonly PadsQspi2350 _pads = new();
    private readonly IoQspi2350 _io = new();
    private readonly Rcp[] _rcps = [new(0), new(1)];

    public ChipRp2350(TimeBase time, Nets nets, uint flashKilobytes = 4096) : base("RP2350", CoreKind.CortexM4, Features, time, nets)
    {
        Time.SetFrequency(RingOscillator);
        var rom = AddReadOnly("boot ROM", 0, BootRom2350.Size);
        rom.OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, offset);
        BootRom2350.WriteTo(rom.Span);
        AddRam("SRAM", Sram, SramKilobytes, MemoryTiming.Ahb);
        AddRam("boot RAM", BootRam, 1, MemoryTiming.Ahb);
        _flashArray = new("flash", Xip, flashKilobytes * 1024, MemoryTiming.Flash) { OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, Xip + offset) };
        // 16 MB for chip select 0, in which the flash repeats, by three ways: cached, not cached, and past the translation too (4.4.1).
        Bus.Map(_flashArray);
        for (uint at = _flashArray.Size; at < XipWindow; at += _flashArray.Size) Bus.Alias(Xip + at, _flashArray);
        for (uint at = 0; at < XipWindow; at += _flashArray.Size)
        {
            Bus.Alias(NoCache + at, _flashArray);
            Bus.Alias(NoTranslation + at, _flashArray);
        }
        Bus.Map(Maintenance, XipMaintenance.Size, Cache);
        Flash = new(time, _flashArray, FlashTimes.W25Q32);
        Qmi = new(time, Flash) { Hertz = () => Time.Hertz };
        Qmi.Changed += UpdateWindow;
        _pads.Changed += UpdateWindow;
        _io.Changed += UpdateWindow;

        Core1 = new(CoreKind.CortexM4, Bus, Time1, Features);
        Core1.SystemResetRequested += () => Time1.At(Time1.Now, () => Restart(Core1));
        _watchdog = new(() => RequestReset(ResetCause.IndependentWatchdog, "WATCHDOG.CTRL.TRIGGER"));
        var resets = new Resets(Resets.Rp2350);
        Sio[] sio = [new(0, _locks), new(1, _locks)];
        Peripheral[] blocks =
        [
            resets, new Psm(Hold, 23), _watchdog, _powman, Qmi, _io, _pads,
            new KeptBlock("XIP_CTRL", ("CTRL", 0, 0x83), ("STAT", 8, 2)),
            new KeptBlock("SYSINFO", ("CHIP_ID", 0, 0x2000_4927), ("PACKAGE_SEL", 4, 1), ("PLATFORM", 8, 2), ("GITREF_RP2350", 0x14, 0)),
            new KeptBlock("OTP_DATA", ("CHIPID0 and 1", 0, 0x6C51_9A3E), ("CHIPID2 and 3", 4, 0xD2F0_4B17)),
        ];
        foreach (var block in blocks)
        {
            _placed.Add(block);
            Bus.Map(MemoryMapRp2350.Blocks.AddressOf(block.Name), Window, new ApbBlock(block, resets.Attach(block)));
        }
        Qmi.IsConnected = () => resets.IsOn("IO_QSPI") && resets.IsOn("PADS_QSPI") && _io.IsConnected && _pads.IsConnected;
        Bus.Map(MemoryMapRp2350.Blocks.AddressOf("SIO"), 0x1000, new PerCore(sio, () => ReferenceEquals(Master, Core1) ? 1 : 0));
        MemoryMapRp2350.Blocks.MapRest(Bus);
        Core[] cores = [Core, Core1];
        for (int i = 0; i < 2; i++)
        {
            Core core = cores[i];
            core.Coprocessor = _rcps[i];
            (_rcps[i].Other, _rcps[i].Alarm) = (_rcps[1 - i], () => core.Nvic.Pend(ExceptionNumber.Nmi));
        }
        UpdateWindow();
    }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    public Core Core1 { get; }

    /// <summary>The second core's clock.</summary>
    public TimeBase Time1 { get; } = new(RingOscillator);

    public SpiFlash Flash { get; }
    public Qmi Qmi { get; }
    public XipMaintenance Cache { get; } = new();

    /// <summary>Of core 0 and core 1.</summary>
    public IReadOnlyList<Rcp> Rcps => _rcps;

    /// <summary>Whose access to the bus is the next: SIO has two faces.</summary>
    public Core? Master { get; set; }

    public override void StartAt(uint address) => throw new BenchStop("an RP2350 starts in its boot ROM, always");

    /// <summary>SYSRESETREQ resets the core that asks and nothing else; RUN resets the debug logic too.</summary>
    public override void Reset(ResetCause cause)
    {
        if (cause != ResetCause.Software)
        {
            foreach (var block in _placed)
                if (block != _powman && block != _watchdog) block.Reset();
            _watchdog.Reset(cause != ResetCause.IndependentWatchdog);
            _locks.Value = 0;
            if (cause is ResetCause.PowerOn or ResetCause.Pin)
            {
                Core.ResetDebug();
                Core1.ResetDebug();
            }
            if (cause == ResetCause.PowerOn)
            {
                Flash.PowerOff();
                _powman.NotePowerOn();
            }
            else if (cause == ResetCause.Pin) _powman.NoteRunPin();
            UpdateWindow();
            Restart(Core1);
        }
        _rcps[0].Reset();
        Core.Reset();
    }

    /// <summary>The reset that begins now is the RP-AP's.</summary>
    public void NoteRescue() => _powman.NoteRescue();

    private void Restart(Core core)
    {
        _rcps[ReferenceEquals(core, Core) ? 0 : 1].Reset();
        core.HoldInReset();
        core.Debug.InReset = false;
        core.Reset();
    }

    private void Hold(int number, bool held)
    {
        var core = number == 0 ? Core : Core1;
        _rcps[number].Reset();
        if (held) core.HoldInReset();
        else core.Reset();
    }

    private void UpdateWindow() => _flashArray.OnRead = Qmi.IsConnected() && Qmi is { IsDirect: false, IsSerialRead: true, IsUntranslated: true } && !Flash.IsBusy ? null : Refuse;

    /// <summary>In direct mode the window is a bus error (12.14.5); that it is one before the pads lead to the flash is the bench's choice.</summary>
    private void Refuse(uint offset)
    {
        if (Qmi.IsDirect || !Qmi.IsConnected()) throw new CoreFault(FaultKind.PreciseBus, Xip + offset);
        if (!Qmi.IsSerialRead || !Qmi.IsUntranslated) throw new BenchStop($"0x{Xip + offset:X8} is read in a format, or through a translation, that is not modelled");
        if (Flash.IsBusy) throw new BenchStop($"0x{Xip + offset:X8} is read while the flash is busy");
    }
}
