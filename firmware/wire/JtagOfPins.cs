using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <summary>
/// JTAG by stores to pins. TDI is stored while TCK is high, well after the edge that took the bit before; TMS and the falling edge are one store; TDO is loaded before the rising edge. At full speed
/// a bit out is three stores, a bit in two stores and a load, as by SWD. Slower, both halves of a clock have a delay loop whose effect was measured.
/// </summary>
public sealed class Jtag<TPins>(Swd wire) : Jtag(wire) where TPins : struct, IJtagPins
{
    private readonly SwdPace _pace = new();
    private bool _paced = true;
    private uint _fastPeriod, _chosen, _calibration, _measurement = uint.MaxValue;

    // In fields, so that the loops keep them in registers. Zero while the loops are measured: stores of zero change no pin and take the same time.
    private uint _high, _low, _tms, _tdi;

    public override uint Frequency
    {
        get
        {
            Choose();
            return SwdPace.Hertz(TPins.CoreHertz, _paced ? _pace.Period : _fastPeriod);
        }
    }

    public override uint Levels => TPins.Load(TPins.TdiPort) >> TPins.Tdi & 1 | (TPins.Load(TPins.TdoPort) >> TPins.Tdo & 1) << 1;

    public override void SetTdi(bool high) => TPins.Store(TPins.TdiPort, 1u << (high ? TPins.Tdi : TPins.Tdi + 16));

    public override void Connect()
    {
        Choose();
        TPins.ConnectJtag();
        Forget();
    }

    public override void Disconnect() => TPins.DisconnectJtag();

    public override uint Shift(uint tdi, int count, bool tms)
    {
        Choose();
        return _paced ? ShiftPaced(tdi, count, tms) : ShiftFast(tdi, count, tms);
    }

    protected override uint Scan(uint head, ref uint value, bool reads)
    {
        Choose();
        return _paced ? ScanPaced(head, ref value, reads) : ScanFast(head, ref value, reads);
    }

    protected override void Rest(uint turns) => TPins.Wait(turns);

    private uint ScanPaced(uint head, ref uint value, bool reads)
    {
        _ = ShiftPaced(1, 1, true);
        _ = ShiftPaced(3, 2, false);
        for (int i = 0; i < Place.Before; i++) _ = ShiftPaced(1, 1, false);
        uint ack = ShiftPaced(head, 3, false), bits = reads ? 0 : value;
        int whole = Place.After == 0 ? 31 : 32;
        uint seen = ShiftPaced(bits, whole, false);
        for (int left = Place.After - 1; left > 0; left--) _ = ShiftPaced(1, 1, false);
        seen |= ShiftPaced(bits >> 31, 1, true) << 31 & (whole == 31 ? 1u << 31 : 0);
        _ = ShiftPaced(1, 1, true);
        _ = ShiftPaced(1, 1, false);
        if (reads) value = seen;
        return ack;
    }

    /// <summary>In one piece: a call or return that the core did not foresee costs as much as a clock.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ScanFast(uint head, ref uint value, bool reads)
    {
        nuint port = TPins.Port, tdiPort = TPins.TdiPort, tdoPort = TPins.TdoPort;
        uint high = _high, low = _low, tdi = _tdi, pin;
        Clock(port, tdiPort, low | _tms, high, tdi);
        Clock(port, tdiPort, low | _tms << 16, high, tdi);
        Clock(port, tdiPort, low, high, tdi);
        for (int i = Place.Before; i > 0; i--) Clock(port, tdiPort, low, high, tdi);
        uint seen = 0, bits = BitOperations.RotateLeft(head, TPins.Tdi);
        Exchange(port, tdiPort, low, high, tdi, bits); pin = TPins.Load(tdoPort); TPins.Store(port, high); seen = pin >> TPins.Tdo & 1;
        bits >>= 1;
        Exchange(port, tdiPort, low, high, tdi, bits); pin = TPins.Load(tdoPort); TPins.Store(port, high); seen |= (pin >> TPins.Tdo & 1) << 1;
        bits >>= 1;
        Exchange(port, tdiPort, low, high, tdi, bits); pin = TPins.Load(tdoPort); TPins.Store(port, high); seen |= (pin >> TPins.Tdo & 1) << 2;
        bool lastIsOurs = Place.After == 0;
        if (reads)
        {
            TPins.Store(tdiPort, tdi << 16);
            value = Take(port, tdoPort, low, high, lastIsOurs);
        }
        else Give(port, tdiPort, low, high, tdi, value, lastIsOurs);
        if (!lastIsOurs)
        {
            for (int i = Place.After - 1; i > 0; i--) Clock(port, tdiPort, low, high, tdi);
            Clock(port, tdiPort, low | _tms, high, tdi);
        }
        Clock(port, tdiPort, low | _tms, high, tdi);
        Clock(port, tdiPort, low | _tms << 16, high, tdi);
        return seen;
    }

    /// <summary>TDI stays high, or whatever it is; in three stores, so that no clock is faster than another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clock(nuint port, nuint tdiPort, uint low, uint high, uint tdi)
    {
        if (tdiPort != port) TPins.Store(tdiPort, tdi);
        TPins.Store(port, low); TPins.Store(port, high);
    }

    /// <summary>TDI from its place in a word, and the falling edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(nuint port, nuint tdiPort, uint low, uint high, uint tdi, uint bits)
    {
        uint data = bits & tdi | tdi << 16;                  // set wins over reset
        if (TPins.TdiPort == TPins.Port) TPins.Store(port, data | low);
        else
        {
            TPins.Store(tdiPort, data); TPins.Store(port, low);
        }
    }

    /// <summary>32 bits in; the last one leaves the shift state if it is the chain's last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Take(nuint port, nuint tdoPort, uint low, uint high, bool last)
    {
        uint bits = 0, mask = 1u << TPins.Tdo, pin;
        bits = PinBits<TPins>.In8(bits, port, tdoPort, low, high, mask);
        bits = PinBits<TPins>.In8(bits, port, tdoPort, low, high, mask);
        bits = PinBits<TPins>.In8(bits, port, tdoPort, low, high, mask);
        for (int i = 0; i < 7; i++)
        {
            TPins.Store(port, low); pin = TPins.Load(tdoPort); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        }
        if (last) low |= _tms;
        TPins.Store(port, low); pin = TPins.Load(tdoPort); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        return BitOperations.RotateRight(bits, TPins.Tdo);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Give(nuint port, nuint tdiPort, uint low, uint high, uint tdi, uint value, bool last)
    {
        uint bits = BitOperations.RotateLeft(value, TPins.Tdi);
        bits = Out8(bits, port, tdiPort, low, high, tdi);
        bits = Out8(bits, port, tdiPort, low, high, tdi);
        bits = Out8(bits, port, tdiPort, low, high, tdi);
        for (int i = 0; i < 7; i++)
        {
            Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        }
        if (last) low |= _tms;
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Out8(uint bits, nuint port, nuint tdiPort, uint low, uint high, uint tdi)
    {
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        Exchange(port, tdiPort, low, high, tdi, bits); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        return bits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ShiftFast(uint bits, int count, bool tms)
    {
        nuint port = TPins.Port, tdiPort = TPins.TdiPort, tdoPort = TPins.TdoPort;
        uint high = _high, low = _low | (tms ? _tms : _tms << 16), tdi = _tdi, mask = 1u << TPins.Tdo, seen = 0;
        bits = BitOperations.RotateLeft(bits, TPins.Tdi);
        for (int left = count; left > 0; left--)
        {
            Exchange(port, tdiPort, low, high, tdi, bits);
            uint pin = TPins.Load(tdoPort);
            TPins.Store(port, high);
            bits = BitOperations.RotateRight(bits, 1);
            seen = BitOperations.RotateRight(seen | pin & mask, 1);
        }
        return BitOperations.RotateRight(seen, TPins.Tdo - count & 31);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ShiftPaced(uint bits, int count, bool tms)
    {
        nuint port = TPins.Port, tdiPort = TPins.TdiPort, tdoPort = TPins.TdoPort;
        uint edge = _low | (tms ? _tms : _tms << 16), mask = 1u << TPins.Tdo, seen = 0, low = _pace.Low, high = _pace.High;
        bits = BitOperations.RotateLeft(bits, TPins.Tdi);
        for (int left = count; left > 0; left--)
        {
            Exchange(port, tdiPort, edge, _high, _tdi, bits);
            TPins.Wait(low);
            uint pin = TPins.Load(tdoPort);
            TPins.Store(port, _high);
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits, 1);
            seen = BitOperations.RotateRight(seen | pin & mask, 1);
        }
        return BitOperations.RotateRight(seen, TPins.Tdo - count & 31);
    }

    /// <summary>Follows the wire's clock.</summary>
    private void Choose()
    {
        uint asked = Wire.AskedFrequency;
        if (asked == _chosen && Wire.CalibrationVersion == _calibration) return;
        (_chosen, _calibration) = (asked, Wire.CalibrationVersion);
        Measure();
        _pace.Stretch(Wire.SetLoops, Wire.MeasuredLoops);
        _paced = !SwdPace.Reaches(_fastPeriod, TPins.CoreHertz, asked);
        _pace.Choose(TPins.CoreHertz, asked);
    }

    private void Measure()
    {
        if (_measurement == Wire.MeasurementVersion) return;
        _measurement = Wire.MeasurementVersion;
        _high = _low = _tms = _tdi = 0;
        _fastPeriod = Time(false) / SwdPace.Clocks * SwdPace.Clocks;
        for (int i = 0; i < SwdPace.Points; i++)
        {
            _pace.SetTurns(SwdPace.Turns(i));
            _pace.SetPoint(i, Time(true));
        }
        (_high, _low, _tms, _tdi) = (1u << TPins.Swclk, 0x1_0000u << TPins.Swclk, 1u << TPins.Swdio, 1u << TPins.Tdi);
    }

    /// <summary>As <see cref="Swd{TPins}"/> measures its loops.</summary>
    private uint Time(bool paced)
    {
        uint few = uint.MaxValue, many = uint.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            few = Math.Min(few, Once(paced, 8));
            many = Math.Min(many, Once(paced, SwdPace.Clocks + 8));
        }
        return many - few;
    }

    private uint Once(bool paced, int clocks)
    {
        uint start = TPins.Cycles, bits = 0x5555_5555;
        if (paced) _ = ShiftPaced(bits, clocks, false);
        else
            for (int left = clocks; left > 0; left -= 8) bits = Out8(bits, TPins.Port, TPins.TdiPort, _low, _high, _tdi);
        return TPins.Cycles - start;
    }
}
