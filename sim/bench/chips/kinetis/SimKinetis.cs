namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// System integration module of the Kinetis (KL25 Sub-Family Reference Manual 12): identification, clock gates (kept, without effect) and, on the L series, the COP watchdog, which runs from reset on
/// at 1 kHz and starts anew when the debugger lets the core go.
/// </summary>
public sealed class SimKinetis : Peripheral
{
    private const uint Cop = 0x1100, CopTimeout = 0xC;
    private const ulong Slice = 10 * TimeBase.Second / 1000, LpoTick = TimeBase.Second / 1000;

    private readonly TimeBase _time;
    private readonly Func<bool> _inDebug;
    private readonly Register? _copc;
    private TimeBase.Event? _tick;
    private ulong _left;
    private bool _written;
    private byte _served;

    /// <param name="time">Of the chip.</param>
    /// <param name="inDebug">The core is in Debug state.</param>
    /// <param name="part">Identification.</param>
    public SimKinetis(TimeBase time, Func<bool> inDebug, KinetisPart part) : base("SIM")
    {
        (_time, _inDebug) = (time, inDebug);
        foreach (var (name, offset, reset, mask, write) in part.SimRegisters)
            Add(new() { Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = write, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "SDID", Offset = 0x1024, Reset = part.Sdid, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "FCFG1", Offset = 0x104C, Reset = part.Fcfg1, WriteMask = 3, Widths = 7, Unmodelled = [new("FLASHDIS", 1), new("FLASHDOZE", 2)] });
        Add(new() { Name = "FCFG2", Offset = 0x1050, Reset = part.Fcfg2, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        for (uint i = part.IsL ? 1u : 0; i < 4; i++) Add(new() { Name = i switch { 0 => "UIDH", 1 => "UIDMH", 2 => "UIDML", _ => "UIDL" }, Offset = 0x1054 + i * 4, Reset = Uid(i), WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        if (!part.HasCop) return;
        _copc = Add(new() { Name = "COPC", Offset = Cop, Reset = CopTimeout, ReadMask = 0xF, WriteMask = 0xF, Widths = 7, OnWrite = WriteCop });
        Add(new() { Name = "SRVCOP", Offset = 0x1104, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, v) => Serve((byte)v) });
    }

    /// <summary>Raised at a reset by the watchdog.</summary>
    public event Action<string>? Expired;

    public override void Reset()
    {
        base.Reset();
        (_written, _served) = (false, 0);
        Restart();
    }

    private static uint Uid(uint word) => word switch { 0 => 0, 1 => 0x0032, 2 => 0x5A31_4E45, _ => 0x1027_0042 };

    /// <summary>"This register is write once after reset."</summary>
    private void WriteCop(uint old, uint value)
    {
        if (_written) _copc!.Value = old;
        _written = true;
        if (_copc![0] || _copc[1]) throw new BenchStop($"SIM.COPC: 0x{value:X}; window and bus clock are not modelled");
        Restart();
    }

    private void Serve(byte value)
    {
        if (value == 0x55) _served = value;
        else if (value == 0xAA && _served == 0x55) (_, _served) = (_left = Period, (byte)0);
        else Expired?.Invoke($"SIM.SRVCOP: 0x{value:X2} at the wrong time");
    }

    /// <summary>COPT: 2^5, 2^8 or 2^10 cycles of 1 kHz.</summary>
    private ulong Period => (1ul << (_copc!.Field(2, 2) switch { 1 => 5, 2 => 8, _ => 10 })) * LpoTick;

    private void Restart()
    {
        _tick?.Cancel();
        if (_copc is null || (_copc.Value & CopTimeout) == 0) return;
        _left = Period;
        Schedule();
    }

    private void Schedule() => _tick = _time.After(Math.Min(Slice, _left), () =>
    {
        if (_inDebug()) _left = Period;
        else _left -= Math.Min(Slice, _left);
        if (_left == 0) Expired?.Invoke("SIM: the COP was not served in time");
        else Schedule();
    });
}
