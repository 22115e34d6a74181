using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>
/// A second chip on the bench, beside the probe: it has a clock and wires of its own and is run up to the probe's present time whenever somebody looks at it, at the
/// latest every <see cref="Quantum"/>. What comes to it comes at its exact time; what it drives reaches the probe's wires one quantum later, edges as far apart as they were.
/// What the target's model does not know stops the target alone (<see cref="Stopped"/>): the probe then sees a dead bus.
/// </summary>
public abstract class SimTarget : IDebugBus
{
    /// <summary>Femtoseconds between two looks at a running target, and the delay of what it drives.</summary>
    public const ulong Quantum = 10 * TimeBase.Second / 1_000_000;

    // While the target sleeps or is halted nothing happens before its next event.
    private const ulong IdleQuantum = 100 * Quantum;
    // RM0008 figure 4: the pulse generator keeps an internal reset for at least 20 µs. DS5319: reset temporisation after power-on, typical.
    private const ulong ResetPulse = 20 * TimeBase.Second / 1_000_000, PowerOnDelay = 2500 * TimeBase.Second / 1_000_000;
    // Core clocks from the AP's request to the data's arrival over AHB-AP and bus matrix.
    private const ulong AccessClocks = 4;

    private const uint SupplyMillivolts = 3300;

    private readonly Machine _probe;
    private readonly List<SwdPort> _furtherPorts = [];
    private TimeBase.Event? _tick, _pulse;
    private ulong _tickAt;
    private NetDriver? _resetLine;
    private string? _sense;
    private bool _resetPulled, _held, _coreHeld;

    /// <param name="name">As <see cref="TargetList"/> has it.</param>
    protected SimTarget(Machine probe, string name, Func<TimeBase, Nets, Chip> build)
    {
        (_probe, Name) = (probe, name);
        Time = new(8_000_000);
        Nets = new(Time) { ConflictStops = false };
        Chip = build(Time, Nets);
        Chip.ResetRequested += (cause, reason) => Time.At(Time.Now, () => BeginReset(cause, reason, ResetTime));
        Time.Cycles = Time.CycleAt(probe.Time.Now);
        Powered = true;
        Chip.FillRams();
        Chip.Reset(ResetCause.PowerOn);
        Schedule();
        PowerChanged += UpdatePins;
    }

    public string Name { get; }
    public Chip Chip { get; }
    public Core Core => Chip.Core;

    /// <summary>The target's own clock; its times are the probe's.</summary>
    public TimeBase Time { get; }

    /// <summary>The target's own wires.</summary>
    public Nets Nets { get; }

    /// <summary>Why the target's model has given up, or null. A reset makes it go on.</summary>
    public MachineStop? Stopped { get; private set; }

    /// <summary>Why it last gave up, also when it goes on again.</summary>
    public MachineStop? LastStop { get; private set; }

    /// <summary>Raised when the target stops.</summary>
    public event Action<MachineStop>? HasStopped;

    /// <summary>Raised when <see cref="Powered"/> changed.</summary>
    public event Action? PowerChanged;

    /// <summary>Raised at the beginning of each reset with its cause and the reason in words.</summary>
    public event Action<ResetCause, string>? WasReset;

    public bool Powered
    {
        get;
        private set
        {
            field = value;
            PowerChanged?.Invoke();
        }
    }

    protected Machine Probe => _probe;

    /// <summary>The debug port's pins, once connected: log of transfers, findings, faults to inject.</summary>
    public SwdPort? Port { get; private set; }

    /// <summary>The chip's software leaves the debug port its pins; otherwise it hears nothing. A target whose software can take them calls <see cref="UpdatePins"/> when it did.</summary>
    public virtual bool SwdOn => true;

    /// <summary>The target's pins that the probe's UART is wired to: its transmitter and its receiver.</summary>
    protected abstract (string Tx, string Rx) Uart { get; }

    /// <summary>The pin that carries TRACESWO; null: none is modelled.</summary>
    protected virtual string? Swo => null;

    /// <summary>A new debug port with its access ports, for <see cref="ConnectSwd"/>.</summary>
    protected abstract SwDp NewDebugPort();

    /// <summary>More debug ports on the same wires.</summary>
    protected virtual IEnumerable<SwDp> NewFurtherDebugPorts() => [];

    /// <summary>Their pins.</summary>
    public IReadOnlyList<SwdPort> FurtherPorts => _furtherPorts;

    /// <summary>Femtoseconds that a reset by the chip itself lasts.</summary>
    protected virtual ulong ResetTime => ResetPulse;

    /// <summary>Nothing happens before the next event.</summary>
    protected virtual bool IsIdle => Core.Sleeping || Core.Halted;

    /// <summary>Runs at least a little further towards a time.</summary>
    protected virtual void RunTo(ulong time) => Core.Run(Time.CycleAt(time));

    /// <summary>The next access is that of a debug port's way through this core.</summary>
    protected virtual void BeforeAccess(Core core) { }

    /// <summary>The TAPs between TDI and TDO, one of them the debug port's; null: the chip has SWD alone.</summary>
    protected virtual JtagChain? NewJtagChain(SwDp dp) => null;

    /// <summary>As <see cref="SwdOn"/>, of the two pins that only JTAG needs.</summary>
    protected virtual bool JtagOn => SwdOn;

    /// <summary>The debug port lets accesses through to the bus.</summary>
    public virtual bool Enabled => true;

    /// <summary>Nothing runs: a reset lasts.</summary>
    public bool InReset => _held;

    /// <summary>Switches the supply on; the target starts after its power-on reset.</summary>
    public void PowerOn()
    {
        if (Powered) return;
        GoOn(_probe.Time.Now);
        Powered = true;
        Chip.FillRams();
        BeginReset(ResetCause.PowerOn, "power-on", PowerOnDelay);
        Schedule();
    }

    /// <summary>Takes the supply away in the middle of whatever happens.</summary>
    public void PowerOff()
    {
        if (!Powered) return;
        CatchUp();
        Powered = false;
        _pulse?.Cancel();
        _pulse = null;
        Chip.Reset(ResetCause.PowerOn);
        Chip.FillRams();
        Hold();
        _resetLine?.Set(Drive.None);
    }

    /// <summary>Writes an ELF file's segments where they are loaded, as a programmer of the maker would, and resets.</summary>
    public void Load(ElfFile elf)
    {
        foreach (var segment in elf.Segments) Write(segment.Physical, segment.Data.Span);
        SystemReset();
    }

    /// <summary>Writes an image and resets.</summary>
    public void Load(ReadOnlySpan<byte> image, uint address)
    {
        Write(address, image);
        SystemReset();
    }

    /// <summary>A reset as by the target board's own button, over at once.</summary>
    public void SystemReset()
    {
        GoOn(_probe.Time.Now);
        BeginReset(ResetCause.Pin, "NRST", 0);
    }

    /// <summary>Wires everything to the probe's board as <see cref="TargetWiring"/> has it.</summary>
    public void Connect() => Connect(TargetWiring.Of(_probe.Board.Name));

    public virtual void Connect(TargetWiring wiring)
    {
        _sense = wiring.Sense;
        ConnectSwd(_probe.Pin(wiring.Swclk).Net, _probe.Pin(wiring.Swdio).Net, null, Net(wiring.Tdi), Net(wiring.Swo));
        ConnectReset(_probe.Pin(wiring.Reset).Net);
        if (wiring.UartTx is { } tx) ConnectInput(_probe.Pin(tx).Net, Uart.Rx);
        if (wiring.UartRx is { } rx) ConnectOutput(Uart.Tx, _probe.Pin(rx).Net);
        if (wiring.Swo is { } swo && Swo is { } pin) ConnectOutput(pin, _probe.Pin(swo).Net);
        Net? Net(string? pin) => pin is null ? null : _probe.Pin(pin).Net;
    }

    /// <summary>Puts the debug port on two wires of the probe; on four, where the chip has JTAG.</summary>
    public void ConnectSwd(Net swclk, Net swdio, SwdTiming? timing = null, Net? tdi = null, Net? tdo = null)
    {
        if (Port is not null) throw new InvalidOperationException("the target's SWD pins are connected already");
        SwDp[] further = [.. NewFurtherDebugPorts()];
        var share = further.Length == 0 ? null : new SwdShare(_probe.Nets);
        SwDp dp = NewDebugPort();
        JtagPort? jtag = tdi is null || tdo is null || NewJtagChain(dp) is not { } chain ? null : new(tdi, tdo, chain, timing, Name);
        Port = new(swclk, swdio, dp, timing, Name, share) { Jtag = jtag };
        foreach (var port in further) _furtherPorts.Add(new(swclk, swdio, port, timing, $"{Name}.{port.Instance}", share));
        UpdatePins();
    }

    /// <summary>Brings the debug port and the probe's sense pin in line with the supply and with what the chip's software does with the pins.</summary>
    protected void UpdatePins()
    {
        if (_sense is { } pin) _probe.Chip.PinMillivolts[pin] = Powered ? SupplyMillivolts / 2 : 0;
        foreach (var port in (SwdPort[])[.. Port is null ? [] : (SwdPort[])[Port], .. _furtherPorts]) (port.Powered, port.PinsEnabled, port.JtagPinsEnabled) = (Powered, SwdOn, JtagOn);
    }

    /// <summary>At the end of a reset the core alone stays in it, until <see cref="ReleaseCore"/>.</summary>
    protected virtual bool HoldsCore => false;

    /// <summary>The chip listens to its reset pin. Some have none until software gives them one.</summary>
    protected virtual bool HearsResetPin => true;

    /// <summary>The chip pulls its reset pin low while it resets itself, and up otherwise.</summary>
    protected virtual bool DrivesResetPin => true;

    /// <summary>Joins the target's reset pin to a wire of the probe: open drain both ways, pulled up inside the target.</summary>
    public void ConnectReset(Net net)
    {
        if (DrivesResetPin) _resetLine = net.Attach($"{Chip.Die.Name}.NRST", Drive.PullUp);
        net.Changed += change => ResetLineChanged(change);
        if (net.Level == Level.Low) ResetLineChanged(new(net, Level.High, Level.Low, _probe.Time.Now));
    }

    /// <summary>A pin of the target that drives a wire of the probe: a UART's TX, an output.</summary>
    public void ConnectOutput(string pin, Net net)
    {
        var from = Chip.Die.Pin(pin);
        var driver = net.Attach(from.FullName);
        // Changes of level do not tell of a pin let go against a pull; the pin's own drive does.
        from.Changed += change => Follow(change.Time);
        Follow(Time.Now);
        void Follow(ulong at)
        {
            var drive = from.Net.Level switch { Level.Low => Drive.Low, Level.High => Drive.High, _ => Drive.None };
            if (from.Drive is Drive.None or Drive.PullDown or Drive.PullUp) drive = from.Drive;
            ulong when = at + Quantum;
            _probe.Time.At(when, () => driver.Set(drive, when));
        }
    }

    /// <summary>A wire of the probe that drives a pin of the target: its UART's RX.</summary>
    public void ConnectInput(Net net, string pin)
    {
        var driver = Chip.Die.Pin(pin).Net.Attach("probe");
        driver.Set(Of(net.Level));
        net.Changed += change =>
        {
            CatchUp(change.Time);
            driver.Set(Of(change.After), change.Time);
            Schedule();
        };
        static Drive Of(Level level) => level switch { Level.Low => Drive.Low, Level.High => Drive.High, _ => Drive.None };
    }

    /// <summary>Runs the target up to the probe's present time.</summary>
    public void CatchUp() => CatchUp(_probe.Time.Now);

    public bool Read(uint address, int width, out uint value, out ulong readyAt) => ReadAs(Core, address, width, out value, out readyAt);

    public bool Write(uint address, uint value, int width, out ulong readyAt) => WriteAs(Core, address, value, width, out readyAt);

    /// <summary>A read as one of several cores has it.</summary>
    protected bool ReadAs(Core core, uint address, int width, out uint value, out ulong readyAt)
    {
        uint data = 0;
        bool done = Access(core, address, out readyAt, () => ReadBus(core, address, width, out data));
        value = data;
        return done;
    }

    protected bool WriteAs(Core core, uint address, uint value, int width, out ulong readyAt) => Access(core, address, out readyAt, () => WriteBus(core, address, value, width));

    /// <summary>False: this address is closed to the debugger.</summary>
    protected virtual bool Admits(uint address) => true;

    /// <summary>The flash controller that can make the debug port wait; null: none.</summary>
    protected virtual Chips.FlashWork? FlashWork => null;

    /// <summary>As <see cref="Chips.FlashWork.Operations"/>; all 0 where no controller counts.</summary>
    public (ulong First, ulong Last, ulong Sum) FlashOperations => FlashWork?.Operations ?? default;

    public void ForgetFlashOperations() => FlashWork?.Forget();

    private bool Access(Core core, uint address, out ulong readyAt, Func<bool> action)
    {
        CatchUp();
        BeforeAccess(core);
        readyAt = _probe.Time.Now;
        if (!Powered || Stopped is not null) return false;
        bool isPrivate = address >> 20 == 0xE00;
        // The private bus's debug half has no system reset; the rest of the chip is in it.
        if (_held && !isPrivate || !Admits(address)) return false;
        bool done = false;
        FlashWork?.BeginDebugAccess();
        try
        {
            done = action();
        }
        catch (CoreFault) { }
        catch (BenchStop stop)
        {
            Stop(stop);
        }
        finally
        {
            readyAt = Math.Max(FlashWork?.EndDebugAccess() ?? 0, Math.Max(readyAt, Time.Now) + AccessClocks * TimeBase.Second / Time.Hertz);
        }
        Schedule();
        return done;
    }

    private bool ReadBus(Core core, uint address, int width, out uint value)
    {
        if (address >> 20 == 0xE00) return core.DebugPortRead(address, width, out value);
        return Chip.Bus.TryRead(address, width, out value);
    }

    private bool WriteBus(Core core, uint address, uint value, int width) =>
        address >> 20 == 0xE00 ? core.DebugPortWrite(address, value, width) : Chip.Bus.TryWrite(address, value, width);

    private void CatchUp(ulong time)
    {
        // The clock may change on the way, so the last cycle is found again each time.
        while (Stopped is null && Time.Now < time)
        {
            try
            {
                RunTo(time);
            }
            catch (BenchStop stop)
            {
                Stop(stop);
            }
        }
    }

    /// <summary>As <see cref="CatchUp(ulong)"/> before a reset: a target that has stopped is taken to the present without running.</summary>
    private void GoOn(ulong time)
    {
        CatchUp(time);
        if (Stopped is null) return;
        Stopped = null;
        Time.Cycles = Math.Max(Time.Cycles, Time.CycleAt(time));
    }

    private void Stop(BenchStop stop)
    {
        if (Stopped is not null) return;
        Stopped = LastStop = new(stop.Message, Core.InstructionAddress, Time.Cycles, Time.Now);
        HasStopped?.Invoke(Stopped);
    }

    /// <summary>Sets the next look at the target, never later than the last one set while it runs.</summary>
    private void Schedule()
    {
        ulong now = _probe.Time.Now, next = now + Quantum;
        if (IsIdle)
        {
            ulong deadline = Time.Deadline == ulong.MaxValue ? ulong.MaxValue : Time.TimeAt(Time.Deadline);
            next = Math.Clamp(deadline, next, now + IdleQuantum);
        }
        if (_tick is not null && _tickAt >= now && _tickAt <= next) return;
        _tick?.Cancel();
        _tickAt = next;
        _tick = _probe.Time.At(next, () =>
        {
            _tick = null;
            CatchUp();
            if (Stopped is null) Schedule();
        });
    }

    private void BeginReset(ResetCause cause, string reason, ulong pulse)
    {
        Chip.Reset(cause);
        Hold();
        WasReset?.Invoke(cause, reason);
        if (pulse == 0)
        {
            Release();
            return;
        }
        _pulse?.Cancel();
        _pulse = Time.After(pulse, () =>
        {
            _pulse = null;
            PullReset(false);
            Release();
        });
        PullReset(true);
        Schedule();
    }

    private void Hold()
    {
        _held = true;
        _coreHeld = false;
        Core.HoldInReset();
    }

    private void Release()
    {
        if (_pulse is not null || _resetPulled || !Powered) return;
        _held = false;
        if (HoldsCore) _coreHeld = true;
        else Core.Reset();
        Schedule();
    }

    /// <summary>The core, kept in reset when the rest of the chip left it, begins.</summary>
    protected void ReleaseCore()
    {
        if (!_coreHeld) return;
        _coreHeld = false;
        Core.Reset();
        Schedule();
    }

    private void PullReset(bool low)
    {
        if (_resetLine is not { } line) return;
        ulong at = Time.Now + Quantum;
        _probe.Time.At(at, () => line.Set(!Powered ? Drive.None : low ? Drive.Low : Drive.PullUp, at));
    }

    private void ResetLineChanged(NetChange change)
    {
        bool low = change.After == Level.Low && HearsResetPin;
        if (low == _resetPulled) return;
        GoOn(change.Time);
        HoldReset(low);
        ResetPinMoved(low);
    }

    /// <summary>The reset pin was taken low, or let go, from outside.</summary>
    protected virtual void ResetPinMoved(bool low) { }

    /// <summary>Holds the system in reset, or lets it go, at the present time of the target.</summary>
    protected void HoldReset(bool low)
    {
        _resetPulled = low;
        if (!Powered) return;
        if (!low) Release();
        else if (!_held)
        {
            Chip.Reset(ResetCause.Pin);
            Hold();
            WasReset?.Invoke(ResetCause.Pin, "NRST");
        }
    }

    private void Write(uint address, ReadOnlySpan<byte> bytes)
    {
        if (Chip.Bus.Find(address) is not { Region: { } region } mapping || mapping.Last - address + 1 < bytes.Length)
            throw new BenchStop($"the image has {bytes.Length} bytes for 0x{address:X8}, where the target has no such memory");
        bytes.CopyTo(region.Span[(int)(address - mapping.Address)..]);
        region.ContentsChanged();
    }
}
