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
/// RP2350 in its Arm architecture with a serial flash, assembled (RP2350 datasheet): two Cortex-M33 with a redundancy coprocessor each. Crystal, PLLs, CLOCKS, TrustZone and ACCESSCTRL are not modelled: everything is Secure.
/// </summary>
public sealed class ChipRp2350 : ChipRp
{
    private const uint NoCache = 0x1400_0000, Maintenance = 0x1800_0000, NoTranslation = 0x1C00_0000, BootRam = 0x400E_0000;
    // Nominal; 4.6 to 19.6 MHz (8.3.1).
    private const ulong RingOscillator = 11_000_000;

    /// <summary>Cortex-M33 r1p0 with Arm's ROM table (3.7.2); executes what a Cortex-M4 does, and has no watchpoints, whose v8-M registers the bench does not know.</summary>
    private static CoreFeatures Features { get; } = CoreFeatures.CortexM4 with
    {
        CpuId = 0x411F_D210, InterruptLines = 52, FpbVersion = 2, FpbCodeComparators = 8, FpbLiteralComparators = 0, DwtComparators = 0, HasTpiu = false, HasCti = true, Coprocessors = 3 << 14,
        PartRomTable = (0x4C9, 0x43B, [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003]),
    };

    private readonly PadsQspi2350 _pads = new();
    private readonly IoQspi2350 _io = new();
    private readonly Rcp[] _rcps = [new(0), new(1)];

    public ChipRp2350(TimeBase time, Nets nets, uint flashKilobytes = 4096)
        : base("RP2350", CoreKind.CortexM4, Features, RingOscillator, 520, flashKilobytes, FlashTimes.W25Q32, new Powman(), time, nets)
    {
        BootRom2350.WriteTo(AddRom(BootRom2350.Size));
        AddRam("boot RAM", BootRam, 1, MemoryTiming.Ahb);
        // 16 MB for chip select 0, in which the flash repeats, by three ways: cached, not cached, and past the translation too (4.4.1).
        for (uint at = FlashArray.Size; at < XipWindow; at += FlashArray.Size) Bus.Alias(Xip + at, FlashArray);
        for (uint at = 0; at < XipWindow; at += FlashArray.Size)
        {
            Bus.Alias(NoCache + at, FlashArray);
            Bus.Alias(NoTranslation + at, FlashArray);
        }
        Bus.Map(Maintenance, XipMaintenance.Size, Cache);
        Qmi = new(time, Flash) { Hertz = () => Time.Hertz };
        Qmi.Changed += UpdateWindow;
        _pads.Changed += UpdateWindow;
        _io.Changed += UpdateWindow;
        var resets = new Resets(Resets.Rp2350);
        Place(MemoryMapRp2350.Blocks, quiet: false, resets, new Psm(Hold, 23), Qmi, _io, _pads,
            new KeptBlock("XIP_CTRL", ("CTRL", 0, 0x83), ("STAT", 8, 2)),
            new KeptBlock("SYSINFO", ("CHIP_ID", 0, 0x2000_4927), ("PACKAGE_SEL", 4, 1), ("PLATFORM", 8, 2), ("GITREF_RP2350", 0x14, 0)),
            new KeptBlock("OTP_DATA", ("CHIPID0 and 1", 0, 0x6C51_9A3E), ("CHIPID2 and 3", 4, 0xD2F0_4B17)));
        Qmi.IsConnected = () => resets.IsOn("IO_QSPI") && resets.IsOn("PADS_QSPI") && _io.IsConnected && _pads.IsConnected;
        Core[] cores = [Core, Core1];
        for (int i = 0; i < 2; i++)
        {
            Core core = cores[i];
            core.Coprocessor = _rcps[i];
            (_rcps[i].Other, _rcps[i].Alarm) = (_rcps[1 - i], () => core.Nvic.Pend(ExceptionNumber.Nmi));
        }
        UpdateWindow();
    }

    public Qmi Qmi { get; }
    public XipMaintenance Cache { get; } = new();

    /// <summary>Of core 0 and core 1.</summary>
    public IReadOnlyList<Rcp> Rcps => _rcps;

    protected override bool RunResetsDebug => true;

    /// <summary>The reset that begins now is the RP-AP's.</summary>
    public void NoteRescue() => Reason.NoteRescue();

    protected override void ResetBeside(Core core) => _rcps[ReferenceEquals(core, Core) ? 0 : 1].Reset();

    protected override void UpdateWindow() => FlashArray.OnRead = Qmi.IsConnected() && Qmi is { IsDirect: false, IsSerialRead: true, IsUntranslated: true } && !Flash.IsBusy ? null : Refuse;

    /// <summary>In direct mode the window is a bus error (12.14.5); that it is one before the pads lead to the flash is the bench's choice.</summary>
    private void Refuse(uint offset)
    {
        if (Qmi.IsDirect || !Qmi.IsConnected()) throw new CoreFault(FaultKind.PreciseBus, Xip + offset);
        if (!Qmi.IsSerialRead || !Qmi.IsUntranslated) throw new BenchStop($"0x{Xip + offset:X8} is read in a format, or through a translation, that is not modelled");
        if (Flash.IsBusy) throw new BenchStop($"0x{Xip + offset:X8} is read while the flash is busy");
    }
}
