using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>The host's transactions (RM0431 and RM0433, "OTG peripheral programming model"; USB 2.0, chapter 8).</summary>
public sealed partial class Otg
{
    /// <summary>A SETUP came and no other token yet; a control transfer is under way; it has brought OUT data.</summary>
    private bool _setupOpen, _control, _controlOut;

    internal bool ControlUnderWay => _control;

    public UsbHandshake Setup(int address, int endpoint, ReadOnlySpan<byte> packet)
    {
        if (packet.Length != 8) throw new ArgumentException($"a SETUP packet has 8 bytes, not {packet.Length}");
        if (!Listens(address) || endpoint != 0) return UsbHandshake.None;
        CheckTurnaround();
        (_setupOpen, _control, _controlOut) = (true, true, false);
        _out[0].Setup(packet);
        _in[0].Setup();
        Settle();
        return UsbHandshake.Ack;
    }

    public UsbHandshake Out(int address, int endpoint, bool data1, ReadOnlySpan<byte> packet)
    {
        if (Find(_out, address, endpoint) is not { } ep) return UsbHandshake.None;
        Token(endpoint);
        var answer = UsbHandshake.Stall;
        if (!ep.Stall)
        {
            answer = UsbHandshake.Nak;
            if (ep.WouldRefuse || !_rx.Fits(packet.Length)) ep.Refuse();
            else answer = ep.Receive(packet, data1);
        }
        if (endpoint == 0 && answer is UsbHandshake.Ack or UsbHandshake.Nyet) AfterControlOut(packet.Length);
        Settle();
        return answer;
    }

    public UsbHandshake In(int address, int endpoint, Span<byte> buffer, out int length, out bool data1, bool lost = false)
    {
        (length, data1) = (0, false);
        if (Find(_in, address, endpoint) is not { } ep) return UsbHandshake.None;
        Token(endpoint);
        if (endpoint == 0 && _controlOut)
        {
            _controlOut = false;
            _out[0].StatusPhaseSeen();
        }
        var answer = UsbHandshake.Stall;
        if (!ep.Stall)
        {
            answer = UsbHandshake.Nak;
            if (ep.WouldRefuse) ep.Refuse();
            else
            {
                length = ep.Send(buffer, out data1, lost);
                answer = UsbHandshake.Data;
                if (endpoint == 0 && length == 0 && !lost) EndControl();
            }
        }
        Settle();
        return answer;
    }

    public int InLength(int endpoint) => (endpoint & 0x7F) < _in.Length && _in[endpoint & 0x7F] is { Active: true, Stall: false, WouldRefuse: false } ep ? ep.Next : -1;

    public UsbHandshake Ping(int address, int endpoint)
    {
        if (Find(_out, address, endpoint) is not { } ep) return UsbHandshake.None;
        Token(endpoint);
        var answer = ep.Stall ? UsbHandshake.Stall : ep.WouldRefuse ? UsbHandshake.Nak : UsbHandshake.Ack;
        if (answer == UsbHandshake.Nak) ep.Refuse();
        Settle();
        return answer;
    }

    private bool Listens(int address)
    {
        if (!Attached || !_enumerated || _busReset || _suspended || address != _address) return false;
        return Asleep() is { } why ? throw new BenchStop($"{Name}: the host speaks to the device, which does not hear it: {why}") : true;
    }

    private T? Find<T>(T[] endpoints, int address, int endpoint) where T : OtgEndpoint =>
        Listens(address) && endpoint < endpoints.Length && endpoints[endpoint].Active ? endpoints[endpoint] : null;

    /// <summary>The first IN, OUT or PING after SETUP: the core writes "SETUP complete" into the receive FIFO.</summary>
    private void Token(int endpoint)
    {
        if (endpoint != 0 || !_setupOpen) return;
        _setupOpen = false;
        _out[0].SetupComplete();
    }

    private void AfterControlOut(int length)
    {
        if (length > 0) _controlOut = true;
        else EndControl();
    }

    /// <summary>The status stage is over: a new address counts from here.</summary>
    private void EndControl()
    {
        _control = false;
        if (_nextAddress is not { } next) return;
        (_address, _nextAddress) = (next, null);
    }
}
