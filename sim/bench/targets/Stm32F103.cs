using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A board with an STM32F103, or with what is sold as one, as the probe's target.</summary>
public sealed class Stm32F103 : SimTarget
{
    private const uint SupplyMillivolts = 3300;

    private readonly ChipF103 _chip;
    private string? _sense;

    public Stm32F103(Machine probe, TargetKind kind = TargetKind.Genuine) : this(probe, TargetVariant.Of(kind)) { }

    public Stm32F103(Machine probe, TargetVariant variant) : base(probe, (time, nets) => new ChipF103(variant, time, nets))
    {
        (Variant, _chip) = (variant, (ChipF103)Chip);
        _chip.Afio.SwdChanged += UpdatePort;
        PowerChanged += UpdatePort;
    }

    public TargetVariant Variant { get; }

    public Chips.F1.FlashF1 Flash => _chip.Flash;

    /// <summary>AFIO_MAPR.SWJ_CFG leaves SWD its pins; otherwise the debug port hears nothing.</summary>
    public bool SwdOn => _chip.Afio.SwdOn;

    /// <summary>The SWD pins, once connected: log of transfers, findings, faults to inject.</summary>
    public SwdPort? Port { get; private set; }

    /// <summary>Wires everything to the probe's board as <see cref="TargetWiring"/> has it.</summary>
    public void Connect() => Connect(TargetWiring.Of(Probe.Board.Name));

    public void Connect(TargetWiring wiring)
    {
        _sense = wiring.Sense;
        ConnectSwd(Probe.Pin(wiring.Swclk).Net, Probe.Pin(wiring.Swdio).Net);
        ConnectReset(Probe.Pin(wiring.Reset).Net);
        if (wiring.UartTx is { } tx) ConnectInput(Probe.Pin(tx).Net, "PA10");
        if (wiring.UartRx is { } rx) ConnectOutput("PA9", Probe.Pin(rx).Net);
    }

    /// <summary>Puts the debug port on two wires of the probe.</summary>
    public void ConnectSwd(Net swclk, Net swdio, SwdTiming? timing = null)
    {
        if (Port is not null) throw new InvalidOperationException("the target's SWD pins are connected already");
        // Cortex-M3 TRM r1p1 and r2p1, "AHB-AP Control and Status Word Register": increments and wraps within 4 KB. Debuggers that know the core count on it.
        Port = new(swclk, swdio, new(Variant.Dpidr, new MemAp(this, Variant.ApIdr, TargetVariant.RomBase) { IncrementBits = 12 }), timing, Variant.Name);
        UpdatePort();
    }

    /// <summary>Read protection closes the main flash to the debugger (PM0075 2.4.1).</summary>
    protected override bool Admits(uint address) => !_chip.Flash.ReadProtected || !_chip.IsMainFlash(address);

    protected override ulong MarkDebugAccess(bool begins)
    {
        _chip.ForDebugPort = begins;
        ulong at = _chip.Flash.ReadyAt;
        _chip.Flash.ReadyAt = 0;
        return at;
    }

    private void UpdatePort()
    {
        if (_sense is { } pin) Probe.Chip.PinMillivolts[pin] = Powered ? SupplyMillivolts / 2 : 0;
        if (Port is not { } port) return;
        (port.Powered, port.PinsEnabled) = (Powered, SwdOn);
    }
}
