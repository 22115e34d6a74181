using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// CLOCK, POWER and BPROT of the nRF52832, which share the page at 0x40000000 (Product Specification, chapters of these names). The core always runs at 64 MHz; oscillators start and say so.
/// System OFF, the power-fail comparator, calibration and BPROT's protection are not modelled.
/// </summary>
public sealed class PowerNrf52 : NordicBlock
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    // Typical start-up times: HFXO 0.36 ms, LFRC 0.6 ms, LFXO 0.25 s (electrical specifications of CLOCK).
    private const ulong HfxoStart = 360 * Microsecond, LfrcStart = 600 * Microsecond, LfxoStart = 250_000 * Microsecond;
    private const uint Running = 1 << 16, XtalSource = 1;
    private const uint ResetPin = 1, Dog = 2, Sreq = 4;
    private const int RamBlocks = 8;

    private readonly TimeBase _time;
    private readonly Register _reason, _gpregret, _gpregret2, _lfclksrc, _hfStarted, _lfStarted;
    private TimeBase.Event? _hfStart, _lfStart;
    private bool _hfRun, _hfOn, _lfRun, _lfOn;
    private uint _lfSource;

    public PowerNrf52(Die die) : base("POWER", die, 0, enables: 0x0000_007F)
    {
        _time = die.Time;
        AddTask("HFCLKSTART", 0x000, StartHf);
        AddTask("HFCLKSTOP", 0x004, () => { _hfStart?.Cancel(); (_hfRun, _hfOn) = (false, false); });
        AddTask("LFCLKSTART", 0x008, StartLf);
        AddTask("LFCLKSTOP", 0x00C, () => { _lfStart?.Cancel(); (_lfRun, _lfOn) = (false, false); });
        AddTask("CAL", 0x010, () => throw new BenchStop("CLOCK.TASKS_CAL starts a calibration, which is not modelled"));
        AddTask("CTSTART", 0x014, () => throw new BenchStop("CLOCK.TASKS_CTSTART starts the calibration timer, which is not modelled"));
        AddTask("CTSTOP", 0x018, () => { });
        AddTask("CONSTLAT", 0x078, () => { });
        AddTask("LOWPWR", 0x07C, () => { });
        _hfStarted = AddEvent("HFCLKSTARTED", 0x100);
        _lfStarted = AddEvent("LFCLKSTARTED", 0x104);
        foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("POFWARN", 0x108), ("DONE", 0x10C), ("CTTO", 0x110), ("SLEEPENTER", 0x114), ("SLEEPEXIT", 0x118)]) AddEvent(name, offset);
        _reason = Add(new() { Name = "RESETREAS", Offset = 0x400, ReadMask = 0x000F_000F, WriteMask = 0, ClearByOne = 0x000F_000F });
        Add(State("HFCLKRUN", 0x408, () => _hfRun ? 1u : 0));
        Add(State("HFCLKSTAT", 0x40C, () => Running | (_hfOn ? XtalSource : 0)));
        Add(State("LFCLKRUN", 0x414, () => _lfRun ? 1u : 0));
        Add(State("LFCLKSTAT", 0x418, () => _lfOn ? Running | _lfSource : 0));
        Add(State("LFCLKSRCCOPY", 0x41C, () => _lfSource));
        Add(State("RAMSTATUS", 0x428, () => 0));
        Add(new() { Name = "SYSTEMOFF", Offset = 0x500, ReadMask = 0, WriteMask = 1, Unmodelled = [new("SYSTEMOFF", 1)] });
        Add(new() { Name = "POFCON", Offset = 0x510, ReadMask = 0x1F, WriteMask = 0x1F, Unmodelled = [new("POF", 1)] });
        _lfclksrc = Add(new() { Name = "LFCLKSRC", Offset = 0x518, ReadMask = 0x30003, WriteMask = 0x30003 });
        _gpregret = Add(new() { Name = "GPREGRET", Offset = 0x51C, ReadMask = 0xFF, WriteMask = 0xFF });
        _gpregret2 = Add(new() { Name = "GPREGRET2", Offset = 0x520, ReadMask = 0xFF, WriteMask = 0xFF });
        Add(new() { Name = "RAMON", Offset = 0x524, Reset = 3, ReadMask = 0x30003, WriteMask = 0x30003 });
        Add(new() { Name = "CTIV", Offset = 0x538, ReadMask = 0x7F, WriteMask = 0x7F });
        Add(new() { Name = "RAMONB", Offset = 0x554, Reset = 3, ReadMask = 0x30003, WriteMask = 0x30003 });
        Add(new() { Name = "TRACECONFIG", Offset = 0x55C, ReadMask = 0x30003, WriteMask = 0x30003 });
        Add(new() { Name = "DCDCEN", Offset = 0x578, ReadMask = 1, WriteMask = 1 });
        foreach (uint offset in (ReadOnlySpan<uint>)[0x600, 0x604, 0x610, 0x614])
            Add(new() { Name = $"BPROT_{offset:X}", Offset = offset, ReadMask = uint.MaxValue, WriteMask = uint.MaxValue, Unmodelled = [new("REGION", uint.MaxValue)] });
        Add(new() { Name = "DISABLEINDEBUG", Offset = 0x608, Reset = 1, ReadMask = 1, WriteMask = 1 });
        for (uint n = 0; n < RamBlocks; n++) AddRamPower(n);
    }

    /// <summary>RESETREAS gathers causes until software clears them; GPREGRET outlives a software reset.</summary>
    public void Reset(ResetCause cause)
    {
        (uint reason, uint kept, uint kept2) = (_reason.Value, _gpregret.Value, _gpregret2.Value);
        base.Reset();
        _hfStart?.Cancel();
        _lfStart?.Cancel();
        (_hfRun, _hfOn, _lfRun, _lfOn, _lfSource) = (false, false, false, false, 0);
        if (cause == ResetCause.PowerOn) return;
        _reason.Value = reason | cause switch { ResetCause.Pin => ResetPin, ResetCause.IndependentWatchdog => Dog, _ => Sreq };
        if (cause == ResetCause.Software) (_gpregret.Value, _gpregret2.Value) = (kept, kept2);
    }

    private static Register State(string name, uint offset, Func<uint> value) => new() { Name = name, Offset = offset, WriteMask = 0, OnRead = value, OnWrite = (_, _) => { } };

    private void StartHf()
    {
        _hfRun = true;
        _hfStart?.Cancel();
        _hfStart = _time.After(HfxoStart, () =>
        {
            _hfOn = true;
            Raise(_hfStarted);
        });
    }

    private void StartLf()
    {
        (_lfRun, _lfSource) = (true, _lfclksrc.Value & 3);
        _lfStart?.Cancel();
        _lfStart = _time.After(_lfSource == XtalSource ? LfxoStart : LfrcStart, () =>
        {
            _lfOn = true;
            Raise(_lfStarted);
        });
    }

    /// <summary>RAM[n].POWER: kept, without effect.</summary>
    private void AddRamPower(uint n)
    {
        var power = Add(new() { Name = $"RAM{n}.POWER", Offset = 0x900 + n * 16, Reset = 0xFFFF, ReadMask = 0x3_0003, WriteMask = 0x3_0003 });
        Add(new() { Name = $"RAM{n}.POWERSET", Offset = 0x904 + n * 16, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => power.Value |= v });
        Add(new() { Name = $"RAM{n}.POWERCLR", Offset = 0x908 + n * 16, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => power.Value &= ~v });
    }
}
