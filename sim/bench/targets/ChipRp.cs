using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// What RP2040 and RP2350 have in common: two cores on one bus, each with a time of its own that the target keeps together, a boot ROM in which they start, a serial flash in a window, resets of which
/// one that software asks for is for its core alone. The ring oscillator clocks everything, as after reset.
/// </summary>
public abstract class ChipRp : Chip
{
    public const uint Xip = 0x1000_0000, Sram = 0x2000_0000;
    protected const uint XipWindow = 0x100_0000;
    private const uint Window = 0x4000;

    private readonly List<Peripheral> _placed = [];
    private readonly Sio.SharedBits _locks = new();
    private readonly WatchdogRp2040 _watchdog;

    /// <param name="name">For messages.</param>
    /// <param name="kind">Of both cores.</param>
    /// <param name="features">Of both cores.</param>
    /// <param name="ringOscillator">Hz.</param>
    /// <param name="sramKilobytes">At <see cref="Sram"/>.</param>
    /// <param name="flashKilobytes">Of the serial flash.</param>
    /// <param name="times">Of the serial flash.</param>
    /// <param name="reason">Tells why the chip was reset, and outlasts resets.</param>
    /// <param name="time">Of core 0.</param>
    /// <param name="nets">Pins.</param>
    protected ChipRp(string name, CoreKind kind, CoreFeatures features, ulong ringOscillator, uint sramKilobytes, uint flashKilobytes, FlashTimes times, ResetReason reason, TimeBase time, Nets nets)
        : base(name, kind, features, time, nets)
    {
        Reason = reason;
        Time.SetFrequency(ringOscillator);
        AddRam("SRAM", Sram, sramKilobytes, MemoryTiming.Ahb);
        FlashArray = new("flash", Xip, flashKilobytes * 1024, MemoryTiming.Flash) { OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, Xip + offset) };
        Bus.Map(FlashArray);
        Flash = new(time, FlashArray, times);
        Time1 = new(ringOscillator);
        Core1 = new(kind, Bus, Time1, features);
        Core1.SystemResetRequested += () => Time1.At(Time1.Now, () => Restart(Core1));
        _watchdog = new(() => RequestReset(ResetCause.IndependentWatchdog, "WATCHDOG.CTRL.TRIGGER"));
    }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    public Core Core1 { get; }

    /// <summary>The second core's clock.</summary>
    public TimeBase Time1 { get; }

    public SpiFlash Flash { get; }

    /// <summary>Whose access to the bus is the next: SIO has two faces.</summary>
    public Core? Master { get; set; }

    protected MemoryRegion FlashArray { get; }

    protected ResetReason Reason { get; }

    /// <summary>RUN resets the debug logic too.</summary>
    protected virtual bool RunResetsDebug => false;

    public override void StartAt(uint address) => throw new BenchStop($"an {Die.Name} starts in its boot ROM, always");

    /// <summary>SYSRESETREQ resets the core that asks and nothing else.</summary>
    public override void Reset(ResetCause cause)
    {
        if (cause != ResetCause.Software)
        {
            foreach (var block in _placed)
                if (block != Reason && block != _watchdog) block.Reset();
            _watchdog.Reset(cause != ResetCause.IndependentWatchdog);
            _locks.Value = 0;
            if (cause == ResetCause.PowerOn || RunResetsDebug && cause == ResetCause.Pin)
            {
                Core.ResetDebug();
                Core1.ResetDebug();
            }
            if (cause == ResetCause.PowerOn)
            {
                Flash.PowerOff();
                Reason.NotePowerOn();
            }
            else if (cause == ResetCause.Pin) Reason.NoteRunPin();
            UpdateWindow();
            Restart(Core1);
        }
        ResetBeside(Core);
        Core.Reset();
    }

    /// <summary>Whether the flash can be read in its window now.</summary>
    protected abstract void UpdateWindow();

    /// <summary>What is reset with a core.</summary>
    protected virtual void ResetBeside(Core core) { }

    protected Span<byte> AddRom(uint size)
    {
        var rom = AddReadOnly("boot ROM", 0, size);
        rom.OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, offset);
        return rom.Span;
    }

    /// <summary>Blocks at their places, SIO, and the names of what is not modelled: quiet blocks read as zero, others stop the bench.</summary>
    protected void Place(MemoryMap map, bool quiet, Resets resets, params ReadOnlySpan<Peripheral> blocks)
    {
        foreach (var block in (ReadOnlySpan<Peripheral>)[resets, _watchdog, Reason, .. blocks])
        {
            _placed.Add(block);
            Bus.Map(map.AddressOf(block.Name), Window, new ApbBlock(block, resets.Attach(block)));
        }
        Sio[] sio = [new(0, _locks), new(1, _locks)];
        Bus.Map(map.AddressOf("SIO"), 0x1000, new PerCore(sio, () => ReferenceEquals(Master, Core1) ? 1 : 0));
        map.MapRest(Bus, quiet);
    }

    /// <summary>PSM holds a core in reset, or no longer.</summary>
    protected void Hold(int number, bool held)
    {
        var core = number == 0 ? Core : Core1;
        ResetBeside(core);
        if (held) core.HoldInReset();
        else core.Reset();
    }

    private void Restart(Core core)
    {
        ResetBeside(core);
        core.HoldInReset();
        core.Debug.InReset = false;
        core.Reset();
    }
}
