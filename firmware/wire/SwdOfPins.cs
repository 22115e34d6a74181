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
    private uint _asked = DefaultFrequency, _fastPeriod;

    /// <summary>Until another is set: what long jumper wires carry.</summary>
    private const uint DefaultFrequency = 6_000_000;

    private static uint Mask { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1u << TPins.SwdioBit; }

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
            return SwdPace.Hertz(TPins.CoreHertz, _fastPeriod);
        }
    }

    public override uint Frequency
    {
        get
        {
            Measure();
            return _paced ? SwdPace.Hertz(TPins.CoreHertz, Math.Min(_out.Period, _in.Period)) : SwdPace.Hertz(TPins.CoreHertz, _fastPeriod);
        }
        set
        {
            _asked = Math.Max(value, MinFrequency);
            if (_measured) Choose();
        }
    }

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

    public override SwdAck Write(uint request, uint value)
    {
        uint ack = Ask(request);
        Turn();
        if (ack != (uint)SwdAck.Ok) return Refused(ack);
        TPins.Drive();
        uint parity = Parity(value);
        Out(value, 32);
        Out(parity, 1);
        return SwdAck.Ok;
    }

    public override SwdAck Read(uint request, out uint value)
    {
        uint ack = Ask(request);
        if (ack != (uint)SwdAck.Ok)
        {
            value = 0;
            Turn();
            return Refused(ack);
        }
        value = Receive(32);
        uint parity = Receive(1);
        Turn();
        TPins.Drive();
        if (Parity(value) == parity) return SwdAck.Ok;
        return SwdRequest.IsAp(request) || request == ReadBuffer ? Resend(out value) : SwdAck.Parity;
    }

    public override SwdAck ReadBlock(uint request, Span<byte> data, ref int issued)
    {
        int words = data.Length >> 2, retries = BusyRetries;
        SwdAck ack;
        uint value;
        while (issued < words)
        {
            ack = Read(request, out value);
            if (ack == SwdAck.Wait && --retries != 0) continue;
            if (ack != SwdAck.Ok) return ack;
            if (issued != 0) BinaryPrimitives.WriteUInt32LittleEndian(data[(issued * 4 - 4)..], value);
            issued++;
        }
        do ack = Read(ReadBuffer, out value);
        while (ack == SwdAck.Wait && --retries > 0);
        if (ack == SwdAck.Ok) BinaryPrimitives.WriteUInt32LittleEndian(data[(words * 4 - 4)..], value);
        return ack;
    }

    public override SwdAck WriteBlock(uint request, ReadOnlySpan<byte> data, ref int done)
    {
        int words = data.Length >> 2, retries = BusyRetries;
        while (done < words)
        {
            SwdAck ack = Write(request, BinaryPrimitives.ReadUInt32LittleEndian(data[(done * 4)..]));
            if (ack == SwdAck.Wait && --retries != 0) continue;
            if (ack != SwdAck.Ok) return ack;
            done++;
        }
        return SwdAck.Ok;
    }

    public override void WriteTargetSel(uint value)
    {
        Out(SwdRequest.WriteDp(12), 8);
        In(5);                                               // turnaround, three bits that nobody drives, turnaround
        Out(value, 32);
        Out(Parity(value), 1);
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

    /// <summary>Request, turnaround and acknowledge; the line stays released.</summary>
    private uint Ask(uint request)
    {
        if (_paced)
        {
            OutPaced(request, 8);
            TPins.Release();
            _ = InPaced(1);
            return InPaced(3);
        }
        OutFast(request, 8);
        TPins.Release();
        TPins.Fall();
        TPins.Rise();
        return InFast(3);
    }

    private uint Receive(int count) => _paced ? InPaced(count) : InFast(count);

    /// <summary>One clock in which nobody drives.</summary>
    private void Turn()
    {
        if (_paced)
        {
            _ = InPaced(1);
            return;
        }
        TPins.Fall();
        TPins.Rise();
    }

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

    private static uint Parity(uint value)
    {
        value ^= value >> 16;
        value ^= value >> 8;
        value ^= value >> 4;
        return 0x6996u >> (int)(value & 15) & 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OutFast(uint bits, int count)
    {
        bits = BitOperations.RotateLeft(bits, TPins.SwdioBit);
        for (; count >= 8; count -= 8)
        {
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
        }
        for (; count > 0; count--)
        {
            TPins.Fall(bits & Mask); TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
        }
    }

    /// <summary>A bit lands where SWDIO is and moves on with each that follows: the last one ends one place below.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint InFast(int count)
    {
        uint bits = 0;
        int left = count;
        for (; left >= 8; left -= 8)
        {
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
        }
        for (; left > 0; left--)
        {
            TPins.Fall(); bits |= TPins.Input & Mask; TPins.Rise(); bits = BitOperations.RotateRight(bits, 1);
        }
        return BitOperations.RotateRight(bits, TPins.SwdioBit - count & 31);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutPaced(uint bits, int count)
    {
        uint low = _out.Low, high = _out.High;
        bits = BitOperations.RotateLeft(bits, TPins.SwdioBit);
        do
        {
            TPins.Fall(bits & Mask);
            TPins.Wait(low);
            TPins.Rise();
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits, 1);
        }
        while (--count > 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint InPaced(int count)
    {
        uint bits = 0, low = _in.Low, high = _in.High;
        int left = count;
        do
        {
            TPins.Fall();
            TPins.Wait(low);
            bits |= TPins.Input & Mask;
            TPins.Rise();
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits, 1);
        }
        while (--left > 0);
        return BitOperations.RotateRight(bits, TPins.SwdioBit - count & 31);
    }

    private void Choose()
    {
        _paced = !SwdPace.Reaches(_fastPeriod, TPins.CoreHertz, _asked);
        _out.Choose(TPins.CoreHertz, _asked);
        _in.Choose(TPins.CoreHertz, _asked);
    }

    /// <summary>What each setting gives. The pins are not connected, so the target sees none of it; the stores take the same time.</summary>
    private void Measure()
    {
        if (_measured) return;
        _fastPeriod = Time(Loop.OutFast);
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

    /// <summary>Core cycles that <see cref="SwdPace.Clocks"/> clocks take; the least of three, because interrupts come in between.</summary>
    private uint Time(Loop loop)
    {
        uint least = uint.MaxValue;
        for (int i = 0; i < 3; i++) least = Math.Min(least, Once(loop, SwdPace.Clocks + 8) - Once(loop, 8));
        return least;
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
