using System;

namespace SharpProbe.Wire;

/// <content>Which loops and delays a frequency takes.</content>
public sealed partial class Swd<TPins>
{
    public override uint MaxFrequency
    {
        get
        {
            Measure();
            return _setHertz != 0 ? _setHertz : SwdPace.Hertz(TPins.CoreHertz, _fastPeriod);
        }
    }

    public override uint AskedFrequency => _asked;

    public override WireCalibration Calibration
    {
        get
        {
            uint fastest = MaxFrequency;
            return new(_setLoops != 0 ? _setLoops : _out.Loops(TPins.CoreHertz), fastest, _setLoops != 0);
        }
    }

    public override bool TryCalibrate(uint loops, uint hertz)
    {
        Measure();
        uint measured = _out.Loops(TPins.CoreHertz);
        if (loops < measured / 2 || loops > measured * 2 || hertz < MinFrequency || hertz > TPins.CoreHertz) return false;
        (_setLoops, _setHertz) = (loops, hertz);
        Stretch(loops, measured);
        Choose();
        return true;
    }

    public override void Calibrate()
    {
        if (_connected) Disconnect();
        (_setLoops, _setHertz, _measured) = (0, 0, false);
        MeasurementVersion++;
        Stretch(1, 1);
        Measure();
    }

    private void Stretch(uint set, uint measured)
    {
        (SetLoops, MeasuredLoops) = (set, measured);
        CalibrationVersion++;
        _out.Stretch(set, measured);
        _in.Stretch(set, measured);
    }

    public override uint Frequency
    {
        get
        {
            Measure();
            uint stored = _careful ? SwdPace.Hertz(TPins.CoreHertz, Math.Min(_out.Period, _in.Period)) : _held ? Told(Math.Min(_heldPeriod, _inPeriod)) : MaxFrequency;
            return _shifts ? Math.Max(stored, _shiftHertz) : stored;
        }
        set
        {
            _asked = Math.Max(value, MinFrequency);
            if (_measured) Choose();
        }
    }

    private void Choose()
    {
        bool fast = _setHertz != 0 ? _asked >= _setHertz : SwdPace.Reaches(_fastPeriod, TPins.CoreHertz, _asked);
        _out.Choose(TPins.CoreHertz, _asked);
        _in.Choose(TPins.CoreHertz, _asked);
        _held = !fast && _asked >= Told(_heldPeriod) && _asked >= Told(_inPeriod) && Told(_heldPeriod) > SwdPace.Hertz(TPins.CoreHertz, _out.Period);
        _paced = !fast && !_held;
        if (TPins.HasShifter) _shiftHertz = TPins.SetShifter(_asked);
        Settle();
    }

    /// <summary>What a fast loop gives, in Hz, by the fastest clock that was set where one was.</summary>
    private uint Told(uint period)
    {
        uint measured = SwdPace.Hertz(TPins.CoreHertz, period);
        return _setHertz == 0 ? measured : (uint)((ulong)measured * _setHertz / SwdPace.Hertz(TPins.CoreHertz, _fastPeriod));
    }

    /// <summary>The shifter's clocks are few: words come by the loops where those are faster.</summary>
    private void Settle()
    {
        _careful = _paced || _turnaround != 1 || _dataPhase;
        _shifts = TPins.HasShifter && _shiftHertz > SwdPace.Hertz(TPins.CoreHertz, _careful ? _in.Period : _inPeriod);
    }

    /// <summary>What each setting gives. The pins are not connected, so the target sees none of it; the stores take the same time.</summary>
    private void Measure()
    {
        if (_measured) return;
        _fastPeriod = Time(Loop.OutFast) / SwdPace.Clocks * SwdPace.Clocks;   // the ends of loops, which are longer, do not count
        _heldPeriod = Time(Loop.OutHeld) / SwdPace.Clocks * SwdPace.Clocks;
        _inPeriod = Time(Loop.InFast) / SwdPace.Clocks * SwdPace.Clocks;
        for (int i = 0; i < SwdPace.Points; i++)
        {
            _out.SetPoint(i, TimeAt(_out, i, Loop.Out));
            _in.SetPoint(i, TimeAt(_in, i, Loop.In));
        }
        _measured = true;
        Choose();
    }

    private enum Loop { OutFast, OutHeld, InFast, Out, In }

    private uint TimeAt(SwdPace pace, int point, Loop loop)
    {
        pace.SetTurns(SwdPace.Turns(point));
        return Time(loop);
    }

    /// <summary>Core cycles that <see cref="SwdPace.Clocks"/> clocks take: what a long call takes more than a short one, each the least of three, because interrupts come in between.</summary>
    private uint Time(Loop loop)
    {
        uint few = uint.MaxValue, many = uint.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            few = Math.Min(few, Once(loop, 16));
            many = Math.Min(many, Once(loop, SwdPace.Clocks + 16));
        }
        return many - few;
    }

    private uint Once(Loop loop, int clocks)
    {
        uint start = TPins.Cycles;
        if (loop == Loop.OutFast) OutFast(0x5555_5555, clocks);
        else if (loop == Loop.OutHeld) OutHeld(0x5555_5555, clocks);
        else if (loop == Loop.InFast) _ = InFast(clocks);
        else if (loop == Loop.Out) OutPaced(0x5555_5555, clocks);
        else _ = InPaced(clocks);
        return TPins.Cycles - start;
    }
}
