using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <summary>
/// SWD by stores to pins. At full speed the bus to the GPIO ports is the limit: a bit out is two stores where SWCLK and SWDIO share a port, a bit in two stores and a load; the rest of the
/// work fits between them. Slower, both halves of each clock have a delay loop whose effect was measured.
/// </summary>
public sealed partial class Swd<TPins> : Swd where TPins : struct, IWirePins
{
    private readonly SwdPace _out = new(), _in = new();
    private bool _connected, _measured, _paced = true;
    private bool _careful = true;                            // the paced loops, also where the clock is not: the fast ones know one turnaround and no data phase after WAIT
    private int _turnaround = 1;
    private bool _dataPhase;
    private bool _held;                                      // the fast loops with a store more in each clock out
    private uint _asked = DefaultFrequency, _fastPeriod, _heldPeriod, _inPeriod;
    private uint _setLoops, _setHertz;                       // 0: as measured
    private uint _shiftHertz;                                // 0: no shifter, or none so slow
    private bool _shifts;

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

    public override void Toggle(int clocks)
    {
        Out(uint.MaxValue, clocks);
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
        else if (_held) OutHeld(bits, count);
        else OutFast(bits, count);
    }

    public override uint In(int count)
    {
        TPins.Release();
        uint bits = Receive(count);
        TPins.Drive();
        return bits;
    }

    public override SwdAck Write(uint request, uint value) => Sent(_careful ? WritePaced(request, value) : _held ? WriteHeld(request, value) : WriteFast<AtOnce>(request, value));

    public override SwdAck Read(uint request, out uint value) => Received(request, _careful ? ReadPaced(request, out value) : _held ? ReadHeld(request, out value) : ReadFast<AtOnce>(request, out value), ref value);

    public override SwdAck ReadBlock(uint request, Span<byte> data, ref int issued, int tries = BusyRetries)
    {
        int words = data.Length >> 2, retries = tries, at = issued;
        uint value = 0;
        SwdAck ack = SwdAck.Ok;
        while (at < words)
        {
            uint answer = _careful ? ReadPaced(request, out value) : _held ? ReadHeld(request, out value) : ReadFast<AtOnce>(request, out value);
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
            uint answer = _careful ? WritePaced(request, value) : _held ? WriteHeld(request, value) : WriteFast<AtOnce>(request, value);
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
}
