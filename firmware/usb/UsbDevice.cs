using System;
using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Usb;

/// <summary>The device: chapter 9's requests, and the serial ports behind the endpoints. The controller calls the On… methods in its interrupt.</summary>
public sealed class UsbDevice
{
    /// <summary>The one feature there is (USB 2.0, table 9-6): no remote wake-up.</summary>
    private const ushort EndpointHalt = 0;

    /// <summary>GET_STATUS of the device: powered by the bus, remote wake-up off.</summary>
    private const byte BusPowered = 0;

    private readonly UsbController _controller;
    private readonly Descriptors _descriptors;
    private readonly ControlPipe _pipe;
    private readonly CdcPort[] _ports = new CdcPort[Descriptors.Ports];
    private SetupPacket _setup;
    private byte _configuration;
    private uint _halted;                // a bit an endpoint: OUT in 15:0, IN in 31:16

    /// <param name="serial">Serial number, ASCII.</param>
    public UsbDevice(UsbController controller, byte[] serial)
    {
        _controller = controller;
        _descriptors = new(serial);
        _pipe = new(controller);
        for (int i = 0; i < _ports.Length; i++) _ports[i] = new(controller, i);
        controller.Device = this;
    }

    /// <summary>0: the probe's own console, 1: gdb, 2: the target's UART.</summary>
    public CdcPort Port(int number) => _ports[number];

    public bool Configured => _configuration != 0;

    /// <summary>The bus is reset: address 0, not configured.</summary>
    public void OnReset()
    {
        _pipe.Reset();
        Leave();
    }

    /// <summary>No traffic for 3 ms: the cable is gone, or the host sleeps.</summary>
    public void OnSuspend()
    {
        foreach (CdcPort port in _ports) port.OnSuspend();
    }

    /// <summary>The host woke up.</summary>
    public void OnResume()
    {
        foreach (CdcPort port in _ports) port.OnResume();
    }

    public void OnSetup(ReadOnlySpan<byte> packet)
    {
        _pipe.Begin();
        _setup = new(packet);
        bool done = _setup.Kind switch
        {
            0 => Standard(),
            1 => Class(),
            _ => false,
        };
        if (!done) _pipe.Stall();
    }

    public void OnReceived(byte endpoint, ReadOnlySpan<byte> packet)
    {
        if (endpoint == 0)
        {
            if (!_pipe.OnReceived(packet)) return;
            if (ClassData()) _pipe.Acknowledge();
            else _pipe.Stall();
            return;
        }
        foreach (CdcPort port in _ports) port.OnReceived(endpoint, packet);
    }

    /// <summary>The packet that arrived on an OUT endpoint is dealt with: the next may be let in.</summary>
    public void OnReady(byte endpoint)
    {
        foreach (CdcPort port in _ports) port.OnReady(endpoint);
    }

    public void OnSent(byte endpoint)
    {
        if (endpoint == 0x80) _pipe.OnSent();
        else foreach (CdcPort port in _ports) port.OnSent(endpoint);
    }

    private bool Standard() => (_setup.Request, _setup.RequestType) switch
    {
        (0, 0x80) => Reply16(BusPowered),                                         // GET_STATUS
        (0, 0x81) => IsInterface && Reply16(0),
        (0, 0x82) => IsEndpoint && Reply16(IsHalted ? 1 : 0),
        (1, 0x02) => SetHalt(false),                                              // CLEAR_FEATURE
        (3, 0x02) => SetHalt(true),                                               // SET_FEATURE
        (5, 0x00) => SetAddress(),
        (6, 0x80) => GetDescriptor(),
        (8, 0x80) => Reply8(_configuration),
        (9, 0x00) => SetConfiguration(),
        (10, 0x81) => IsInterface && _setup.Value == 0 && Reply8(0),              // GET_INTERFACE: there are no alternate settings
        (11, 0x01) => IsInterface && _setup.Value == 0 && SetInterface(),
        _ => false,
    };

    private bool Class()
    {
        if (_setup.Recipient != 1 || !Configured || (_setup.Index & 1) != 0 || _setup.Index >= 2 * Descriptors.Ports) return false;
        CdcPort port = _ports[_setup.Index / 2];
        switch (_setup.Request)
        {
            case CdcRequest.SetLineCoding when _setup.RequestType == 0x21 && _setup.Length == LineCoding.Size:
                _pipe.Receive(_setup.Length);
                return true;
            case CdcRequest.GetLineCoding when _setup.RequestType == 0xA1:
                port.Coding.Write(_pipe.Buffer);
                _pipe.Reply(LineCoding.Size, _setup.Length);
                return true;
            case CdcRequest.SetControlLineState when _setup.RequestType == 0x21 && _setup.Length == 0:
                port.OnControlLines(_setup.Value);
                return Done();
            case CdcRequest.SendBreak when _setup.RequestType == 0x21 && _setup.Length == 0:
                port.OnBreak(_setup.Value);
                return Done();
            default:
                return false;
        }
    }

    /// <summary>The data stage of SET_LINE_CODING is here.</summary>
    private bool ClassData() => LineCoding.TryRead(_pipe.Received, out LineCoding coding) && _ports[_setup.Index / 2].OnLineCoding(coding);

    private bool GetDescriptor()
    {
        var to = new ByteWriter(_pipe.Buffer);
        if (!_descriptors.TryWrite((DescriptorKind)(_setup.Value >> 8), (byte)_setup.Value, _controller.HighSpeed, _controller.HighSpeedCapable, ref to)) return false;
        _pipe.Reply(to.Written.Length, _setup.Length);
        return true;
    }

    private bool SetAddress()
    {
        if (_setup.Value > 127 || _setup.Index != 0 || _setup.Length != 0 || Configured) return false;
        _controller.SetAddress((byte)_setup.Value);
        return Done();
    }

    private bool SetConfiguration()
    {
        if (_setup.Value > 1 || _setup.Index != 0 || _setup.Length != 0) return false;
        if (Configured)
            foreach (CdcPort port in _ports) port.Close();
        Leave();
        _configuration = (byte)_setup.Value;
        if (Configured)
            foreach (CdcPort port in _ports) port.Open();
        return Done();
    }

    /// <summary>Setting 0 again: the interface's endpoints begin anew with DATA0 (USB 2.0, 9.1.1.5).</summary>
    private bool SetInterface()
    {
        if ((_setup.Index & 1) != 0)
        {
            int port = _setup.Index / 2;
            Unhalt(Descriptors.In(port));
            Unhalt(Descriptors.Out(port));
        }
        return Done();
    }

    private bool SetHalt(bool halted)
    {
        if (!IsEndpoint || _setup.Value != EndpointHalt || _setup.Length != 0) return false;
        byte endpoint = (byte)_setup.Index;
        if ((endpoint & 15) == 0) return Done();
        if (halted)
        {
            _halted |= Bit(endpoint);
            _controller.Halt(endpoint, true);
        }
        else Unhalt(endpoint);
        return Done();
    }

    private void Unhalt(byte endpoint)
    {
        _halted &= ~Bit(endpoint);
        _controller.Halt(endpoint, false);
        foreach (CdcPort port in _ports) port.OnUnhalted(endpoint);
    }

    private void Leave()
    {
        _configuration = 0;
        _halted = 0;
        foreach (CdcPort port in _ports) port.OnBusLost();
    }

    private bool IsInterface => Configured && _setup.Index < 2 * Descriptors.Ports;

    private bool IsEndpoint
    {
        get
        {
            if (_setup.Index > 0xFF) return false;
            byte endpoint = (byte)_setup.Index;
            if ((endpoint & 0x7F) == 0) return true;
            if (!Configured) return false;
            foreach (CdcPort port in _ports)
                if (port.Has(endpoint)) return true;
            return false;
        }
    }

    private bool IsHalted => (_halted & Bit((byte)_setup.Index)) != 0;

    private static uint Bit(byte endpoint) => 1u << ((endpoint & 15) + (endpoint >> 7) * 16);

    private bool Done()
    {
        _pipe.Acknowledge();
        return true;
    }

    private bool Reply8(byte value)
    {
        _pipe.Buffer[0] = value;
        _pipe.Reply(1, _setup.Length);
        return true;
    }

    private bool Reply16(int value)
    {
        _pipe.Buffer[0] = (byte)value;
        _pipe.Buffer[1] = 0;
        _pipe.Reply(2, _setup.Length);
        return true;
    }
}
