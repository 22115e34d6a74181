using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <summary>
/// SWD by stores to pins. At full speed the bus to the GPIO ports is the limit: a bit out is two stores where SWCLK and SWDIO share a port, a bit in two stores and a load; the rest of the
/// work fits between them. Slower, both halves of each clock have a delay loop whose effect was measured.
/// </summary>
public sealed class Swd<TPins> : Swd where TPins : struct, IWirePins
{
    private readonly SwdPace _out = new(), _in = new();
    private bool _connected, _measured, _paced = true;
    private bool _careful = true;                            // the paced loops, also where the clock is not: the fast ones know one turnaround and no data phase after WAIT
    private int _turnaround = 1;
    private bool _dataPhase;
    private uint _asked = DefaultFrequency, _fastPeriod;
    private uint _setLoops, _setHertz;                       // 0: as measured

    /// <summary>Until another is set: what long jumper wires carry.</summary>
    private const uint DefaultFrequency = 6_000_000;

    // In fields, so that the loops keep them in registers: the compiler would make constants anew at each use.
    private readonly nuint _port = TPins.Port;
    private readonly uint _high = 1u << TPins.Swclk, _low = 0x1_0000u << TPins.Swclk, _lowWithData = 0x1_0000u << TPins.Swclk | 0x1_0000u << TPins.Swdio, _mask = 1u << TPins.Swdio;

    public override bool TellsFaults => true;

    public override bool Connected => _connected;

    public override bool HoldReset { get => TPins.HoldReset; set => TPins.HoldReset = value; }
    public override bool InReset => TPins.InReset;
    public override int TargetMillivolts => TPins.TargetMillivolts;
    public override bool HasPowerSwitch => TPins.HasPowerSwitch;
    public override bool PowerOn { get => TPins.PowerOn; set => TPins.PowerOn = value; }

    public override void Connect()
    {
        if (_connected) return;
        Measure();
        TPins.Connect();
        _connected = true;
    }

    public override void Disconnect()
    {
        TPins.Disconnect();
        _connected = false;
    }

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

    public override void Toggle(int clocks)
    {
        if (_paced) OutPaced(uint.MaxValue, clocks);
        else OutFast(uint.MaxValue, clocks);
    }

    public override uint Frequency
    {
        get
        {
            Measure();
            return _careful ? SwdPace.Hertz(TPins.CoreHertz, Math.Min(_out.Period, _in.Period)) : MaxFrequency;
        }
        set
        {
            _asked = Math.Max(value, MinFrequency);
            if (_measured) Choose();
        }
    }

    public override int Turnaround
    {
        get => _turnaround;
        set
        {
            _turnaround = value;
            Settle();
        }
    }

    public override bool DataPhase
    {
        get => _dataPhase;
        set
        {
            _dataPhase = value;
            Settle();
        }
    }

    public override uint Ticks => TPins.Cycles;

    public override uint TicksPerSecond => TPins.CoreHertz;

    public override uint Levels
    {
        get
        {
            uint pins = TPins.Load(_port);
            return pins >> TPins.Swclk & 1 | (pins >> TPins.Swdio & 1) << 1;
        }
    }

    public override void SetLevels(uint levels, uint which)
    {
        if ((which & 1) != 0) TPins.Store(_port, (levels & 1) != 0 ? _high : _low);
        if ((which & 2) != 0) TPins.Store(_port, (levels & 2) != 0 ? _mask : _mask << 16);
    }

    public override void Release() => TPins.Release();

    public override void Drive() => TPins.Drive();

    public override uint Sample(int count) => Receive(count);

    public override void Out(uint bits, int count)
    {
        if (_paced) OutPaced(bits, count);
        else OutFast(bits, count);
    }

    public override uint In(int count)
    {
        TPins.Release();
        uint bits = Receive(count);
        TPins.Drive();
        return bits;
    }

    public override SwdAck Write(uint request, uint value) => Sent(_careful ? WritePaced(request, value) : WriteFast(request, value));

    public override SwdAck Read(uint request, out uint value) => Received(request, _careful ? ReadPaced(request, out value) : ReadFast(request, out value), ref value);

    public override SwdAck ReadBlock(uint request, Span<byte> data, ref int issued, int tries = BusyRetries)
    {
        int words = data.Length >> 2, retries = tries, at = issued;
        uint value = 0;
        SwdAck ack = SwdAck.Ok;
        while (at < words)
        {
            uint answer = _careful ? ReadPaced(request, out value) : ReadFast(request, out value);
            if (answer != (uint)SwdAck.Ok)
            {
                ack = Received(request, answer, ref value);
                if (ack == SwdAck.Wait && --retries != 0) continue;
                if (ack != SwdAck.Ok) break;
            }
            if (at != 0) BinaryPrimitives.WriteUInt32LittleEndian(data[(at * 4 - 4)..], value);
            at++;
        }
        issued = at;
        if (at < words) return ack;
        do ack = Read(ReadBuffer, out value);
        while (ack == SwdAck.Wait && --retries > 0);
        if (ack == SwdAck.Ok) BinaryPrimitives.WriteUInt32LittleEndian(data[(words * 4 - 4)..], value);
        return ack;
    }

    public override SwdAck WriteBlock(uint request, ReadOnlySpan<byte> data, ref int done, int tries = BusyRetries)
    {
        int words = data.Length >> 2, retries = tries, at = done;
        SwdAck ack = SwdAck.Ok;
        while (at < words)
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(data[(at * 4)..]);
            uint answer = _careful ? WritePaced(request, value) : WriteFast(request, value);
            if (answer != (uint)SwdAck.Ok)
            {
                ack = Sent(answer);
                if (ack == SwdAck.Wait && --retries != 0) continue;
                break;
            }
            at++;
        }
        done = at;
        return at < words ? ack : SwdAck.Ok;
    }

    public override void WriteTargetSel(uint value)
    {
        Out(SwdRequest.WriteDp(12), 8);
        In(5);                                               // turnaround, three bits that nobody drives, turnaround
        Out(value, 32);
        Out(Parity(value), 1);
    }

    private SwdAck Sent(uint answer) => answer == (uint)SwdAck.Ok ? SwdAck.Ok : Refused(answer);

    private SwdAck Received(uint request, uint answer, ref uint value)
    {
        if (answer == (uint)SwdAck.Ok) return SwdAck.Ok;
        if (answer != (uint)SwdAck.Parity) return Refused(answer);
        return SwdRequest.IsAp(request) || request == ReadBuffer ? Resend(out value) : SwdAck.Parity;
    }

    private static uint ReadBuffer => SwdRequest.ReadDp(12);

    /// <summary>The data of the last AP or RDBUFF read once more, without another access (IHI 0031, "RESEND").</summary>
    private SwdAck Resend(out uint value)
    {
        SwdAck ack = SwdAck.Parity;
        value = 0;
        for (int i = 0; i < 3 && ack == SwdAck.Parity; i++) ack = Read(SwdRequest.ReadDp(8), out value);
        if (ack != SwdAck.Ok) return SwdAck.Parity;
        Recovered++;
        return SwdAck.Ok;
    }

    private uint Receive(int count) => _paced ? InPaced(count) : InFast(count);

    /// <summary>Request, turnaround and acknowledge; the line stays released.</summary>
    private uint AskPaced(uint request)
    {
        OutPaced(request, 8);
        TPins.Release();
        _ = InPaced(_turnaround);
        return InPaced(3);
    }

    private uint WritePaced(uint request, uint value)
    {
        uint ack = AskPaced(request);
        _ = InPaced(_turnaround);
        if (ack != (uint)SwdAck.Ok && !HasDataPhase(ack)) return ack;
        if (ack != (uint)SwdAck.Ok) value = 0;
        TPins.Drive();
        OutPaced(value, 32);
        OutPaced(Parity(value), 1);
        return ack;
    }

    private uint ReadPaced(uint request, out uint value)
    {
        value = 0;
        uint ack = AskPaced(request);
        bool good = true;
        if (ack == (uint)SwdAck.Ok)
        {
            value = InPaced(32);
            good = Parity(value) == InPaced(1);
        }
        else if (HasDataPhase(ack))
        {
            _ = InPaced(32);
            _ = InPaced(1);
        }
        _ = InPaced(_turnaround);
        if (ack == (uint)SwdAck.Ok) TPins.Drive();
        return good ? ack : (uint)SwdAck.Parity;
    }

    private bool HasDataPhase(uint ack) => _dataPhase && (ack == (uint)SwdAck.Wait || ack == (uint)SwdAck.Fault);

    /// <summary>After an acknowledge that is none, a target that meant OK may still send 33 bits: they pass before the probe drives.</summary>
    private SwdAck Refused(uint ack)
    {
        if (ack != (uint)SwdAck.Wait && ack != (uint)SwdAck.Fault)
        {
            _ = Receive(32);
            _ = Receive(1);
        }
        TPins.Drive();
        return (SwdAck)ack;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Parity(uint value)
    {
        value ^= value >> 16;
        value ^= value >> 8;
        value ^= value >> 4;
        return 0x6996u >> (int)(value & 15) & 1;
    }

    /// <summary>Eight bits, the first where SWDIO is in a word; returns the word with the next bit there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Out8(uint bits, nuint port, uint low, uint high, uint mask)
    {
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        return bits;
    }

    /// <summary>A bit lands where SWDIO is and moves on with each that follows. The arithmetic comes after the rising edge: its store gives that time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint In8(uint bits, nuint port, uint low, uint high, uint mask)
    {
        uint pin;
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        return bits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutFast(uint bits, int count)
    {
        nuint port = _port;
        uint low = _lowWithData, high = _high, mask = _mask;
        bits = BitOperations.RotateLeft(bits, TPins.Swdio);
        for (; count >= 8; count -= 8) bits = Out8(bits, port, low, high, mask);
        for (; count > 0; count--)
        {
            TPins.Store(port, bits & mask | low); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint InFast(int count)
    {
        nuint port = _port;
        uint bits = 0, low = _low, high = _high, mask = _mask, pin;
        for (int left = count; left > 0; left--)
        {
            TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        }
        return BitOperations.RotateRight(bits, TPins.Swdio - count & 31);
    }

    /// <summary>As <see cref="AskPaced"/>. In one piece with what follows: a call or return that the core did not foresee costs as much as a clock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AskFast(uint request, nuint port, uint low, uint lowWithData, uint high, uint mask)
    {
        _ = Out8(BitOperations.RotateLeft(request, TPins.Swdio), port, lowWithData, high, mask);
        TPins.Release();
        TPins.Store(port, low); TPins.Store(port, high);
        uint bits = 0, pin;
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        return BitOperations.RotateRight(bits, TPins.Swdio - 3 & 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint WriteFast(uint request, uint value)
    {
        nuint port = _port;
        uint low = _low, lowWithData = _lowWithData, high = _high, mask = _mask;
        uint ack = AskFast(request, port, low, lowWithData, high, mask);
        TPins.Store(port, low);
        uint bits = BitOperations.RotateLeft(value, TPins.Swdio), parity = Parity(value) << TPins.Swdio | lowWithData;   // while the bus is busy
        TPins.Store(port, high);
        if (ack != (uint)SwdAck.Ok) return ack;
        TPins.Drive();
        bits = Out8(bits, port, lowWithData, high, mask);
        bits = Out8(bits, port, lowWithData, high, mask);
        bits = Out8(bits, port, lowWithData, high, mask);
        _ = Out8(bits, port, lowWithData, high, mask);
        TPins.Store(port, parity); TPins.Store(port, high);
        return ack;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadFast(uint request, out uint value)
    {
        nuint port = _port;
        uint low = _low, high = _high, mask = _mask;
        uint ack = AskFast(request, port, low, _lowWithData, high, mask);
        uint bits = 0, parity = 0;
        if (ack == (uint)SwdAck.Ok)
        {
            bits = In8(bits, port, low, high, mask);
            bits = In8(bits, port, low, high, mask);
            bits = In8(bits, port, low, high, mask);
            bits = In8(bits, port, low, high, mask);
            TPins.Store(port, low); parity = TPins.Load(port); TPins.Store(port, high);
            bits = BitOperations.RotateRight(bits, TPins.Swdio);
            parity = Parity(bits) ^ parity >> TPins.Swdio & 1;
            TPins.Store(port, low); TPins.Store(port, high);
            TPins.Drive();
            if (parity != 0) ack = (uint)SwdAck.Parity;
        }
        else
        {
            TPins.Store(port, low); TPins.Store(port, high);
        }
        value = bits;
        return ack;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutPaced(uint bits, int count)
    {
        nuint port = _port;
        uint low = _out.Low, high = _out.High;
        bits = BitOperations.RotateLeft(bits, TPins.Swdio);
        do
        {
            TPins.Store(port, bits & _mask | _lowWithData);
            TPins.Wait(low);
            TPins.Store(port, _high);
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits, 1);
        }
        while (--count > 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint InPaced(int count)
    {
        nuint port = _port;
        uint bits = 0, low = _in.Low, high = _in.High;
        int left = count;
        do
        {
            TPins.Store(port, _low);
            TPins.Wait(low);
            uint pin = TPins.Load(port);
            TPins.Store(port, _high);
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits | pin & _mask, 1);
        }
        while (--left > 0);
        return BitOperations.RotateRight(bits, TPins.Swdio - count & 31);
    }

    private void Choose()
    {
        _paced = _setHertz != 0 ? _asked < _setHertz : !SwdPace.Reaches(_fastPeriod, TPins.CoreHertz, _asked);
        _out.Choose(TPins.CoreHertz, _asked);
        _in.Choose(TPins.CoreHertz, _asked);
        Settle();
    }

    private void Settle() => _careful = _paced || _turnaround != 1 || _dataPhase;

    /// <summary>What each setting gives. The pins are not connected, so the target sees none of it; the stores take the same time.</summary>
    private void Measure()
    {
        if (_measured) return;
        _fastPeriod = Time(Loop.OutFast) / SwdPace.Clocks * SwdPace.Clocks;   // the ends of loops, which are longer, do not count
        for (int i = 0; i < SwdPace.Points; i++)
        {
            _out.SetPoint(i, TimeAt(_out, i, Loop.Out));
            _in.SetPoint(i, TimeAt(_in, i, Loop.In));
        }
        _measured = true;
        Choose();
    }

    private enum Loop { OutFast, Out, In }

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
        else if (loop == Loop.Out) OutPaced(0x5555_5555, clocks);
        else _ = InPaced(clocks);
        return TPins.Cycles - start;
    }
}
