using System;
using SharpProbe.Io;
using SharpProbe.Usb.Microsoft;

namespace SharpProbe.Usb;

/// <summary>The device: chapter 9's requests, and the functions behind the endpoints. The controller calls the On… methods in its interrupt.</summary>
public sealed class UsbDevice
{
    /// <summary>The one feature there is (USB 2.0, table 9-6): no remote wake-up.</summary>
    private const ushort EndpointHalt = 0;

    /// <summary>GET_STATUS of the device: powered by the bus, remote wake-up off.</summary>
    private const byte BusPowered = 0;

    private readonly UsbController _controller;
    private readonly UsbFunction[] _functions;
    private readonly UsbFunction?[] _in = new UsbFunction?[16], _out = new UsbFunction?[16];      // whose endpoint it is
    private readonly Descriptors _descriptors;
    private readonly ControlPipe _pipe;
    private SetupPacket _setup;
    private byte _configuration;
    private uint _halted;                // a bit an endpoint: OUT in 15:0, IN in 31:16

    /// <param name="serial">Serial number, ASCII.</param>
    /// <param name="functions">The configuration, in the order of its interfaces.</param>
    public UsbDevice(UsbController controller, UsbIdentity identity, byte[] serial, UsbFunction[] functions)
    {
        _controller = controller;
        _functions = functions;
        _descriptors = new(identity, functions, serial);
        int longest = 0;
        foreach (UsbFunction function in functions) longest = Math.Max(longest, function.LongestRequest);
        _pipe = new(controller, longest);
        byte text = Descriptors.FirstText;
        int count = 0;
        foreach (UsbFunction function in functions)
        {
            (function.FirstInterface, function.FirstString) = ((byte)Interfaces, text);
            Interfaces += function.Interfaces;
            text += (byte)function.Strings;
            count += function.Endpoints.Length;
            foreach (UsbEndpoint endpoint in function.Endpoints) (endpoint.In ? _in : _out)[endpoint.Address & 15] = function;
        }
        Endpoints = new UsbEndpoint[count];
        count = 0;
        foreach (UsbFunction function in functions)
            foreach (UsbEndpoint endpoint in function.Endpoints) Endpoints[count++] = endpoint;
        controller.Device = this;
    }

    /// <summary>Of the configuration, in the order of its descriptors: what the controller shares its memory among.</summary>
    public UsbEndpoint[] Endpoints { get; }

    /// <summary>How many the configuration has.</summary>
    public int Interfaces { get; }

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
        foreach (UsbFunction function in _functions) function.OnSuspend();
    }

    /// <summary>The host woke up.</summary>
    public void OnResume()
    {
        foreach (UsbFunction function in _functions) function.OnResume();
    }

    public void OnSetup(ReadOnlySpan<byte> packet)
    {
        _pipe.Begin();
        _setup = new(packet);
        bool done = _setup.Kind switch
        {
            0 => Standard(),
            1 => Class(),
            2 => Vendor(),
            _ => false,
        };
        if (!done) _pipe.Stall();
    }

    public void OnReceived(byte endpoint, ReadOnlySpan<byte> packet)
    {
        if (endpoint == 0)
        {
            if (!_pipe.OnReceived(packet)) return;
            if (Addressed is { } function && function.OnData(_setup, _pipe.Received)) _pipe.Acknowledge();
            else _pipe.Stall();
            return;
        }
        _out[endpoint & 15]?.OnReceived(endpoint, packet);
    }

    /// <summary>Where a packet of this length that has arrived is wanted, to save copying it; empty: nowhere in particular, and <see cref="OnReceived"/> gets it.</summary>
    public Span<byte> Place(byte endpoint, int length) => _out[endpoint & 15] is { } function ? function.Place(length) : default;

    /// <summary>The packet is in its <see cref="Place"/>.</summary>
    public void OnPlaced(byte endpoint, int length) => _out[endpoint & 15]?.OnPlaced(length);

    /// <summary>What was let in on an OUT endpoint has arrived and is dealt with: more may be let in.</summary>
    public void OnReady(byte endpoint)
    {
        _out[endpoint & 15]?.OnReady(endpoint);
    }

    public void OnSent(byte endpoint)
    {
        if (endpoint == 0x80) _pipe.OnSent();
        else _in[endpoint & 15]?.OnSent(endpoint);
    }

    private bool Standard() => (_setup.Request, _setup.RequestType) switch
    {
        (0, 0x80) => Reply16(BusPowered),                                         // GET_STATUS
        (0, 0x81) => Addressed is not null && Reply16(0),
        (0, 0x82) => IsEndpoint && Reply16(IsHalted ? 1 : 0),
        (1, 0x02) => SetHalt(false),                                              // CLEAR_FEATURE
        (3, 0x02) => SetHalt(true),                                               // SET_FEATURE
        (5, 0x00) => SetAddress(),
        (6, 0x80) => GetDescriptor(),
        (6, 0x81) => Class(),                                                     // of a class (HID 1.11, 7.1.1)
        (8, 0x80) => Reply8(_configuration),
        (9, 0x00) => SetConfiguration(),
        (10, 0x81) => Addressed is { } function && _setup.Value == 0 && Reply8(function.Alternate),
        (11, 0x01) => SetInterface(),
        _ => false,
    };

    private bool Class() => _setup.Recipient == 1 && Addressed is { } function && function.OnRequest(_setup, _pipe);

    private bool Vendor()
    {
        if (_setup.RequestType != 0xC0 || _setup.Request != DescriptorSet.VendorCode || _setup.Value != 0 || _setup.Index != DescriptorSet.DescriptorIndex) return false;
        var to = new ByteWriter(_pipe.Buffer);
        if (!_descriptors.TryWriteMicrosoft(ref to)) return false;
        _pipe.Reply(to.Written.Length, _setup.Length);
        return true;
    }

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
            foreach (UsbEndpoint endpoint in Endpoints) _controller.Close(endpoint.Address);
        Leave();
        _configuration = (byte)_setup.Value;
        if (Configured)
        {
            foreach (UsbEndpoint endpoint in Endpoints) _controller.Open(endpoint.Address, endpoint.Interrupt, endpoint.Packet(_controller.HighSpeed));
            foreach (UsbFunction function in _functions) function.OnOpened();
        }
        return Done();
    }

    /// <summary>The interface's endpoints begin anew with DATA0 (USB 2.0, 9.1.1.5).</summary>
    private bool SetInterface()
    {
        if (Addressed is not { } function || _setup.Value > 0xFF || _setup.Length != 0 || !function.TrySetAlternate((byte)_setup.Value)) return false;
        foreach (UsbEndpoint endpoint in function.Endpoints)
            if (function.InterfaceOf(endpoint) == _setup.Index) Unhalt(endpoint.Address);
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
        Owner(endpoint)?.OnUnhalted(endpoint);
    }

    private void Leave()
    {
        _configuration = 0;
        _halted = 0;
        foreach (UsbFunction function in _functions) function.OnBusLost();
    }

    /// <summary>The function whose interface wIndex names; null: there is none, or no configuration.</summary>
    private UsbFunction? Addressed
    {
        get
        {
            if (!Configured || _setup.Recipient != 1) return null;
            foreach (UsbFunction function in _functions)
                if (_setup.Index >= function.FirstInterface && _setup.Index < function.FirstInterface + function.Interfaces) return function;
            return null;
        }
    }

    private UsbFunction? Owner(byte endpoint) => (endpoint >> 7 != 0 ? _in : _out)[endpoint & 15];

    private bool IsEndpoint
    {
        get
        {
            if (_setup.Index > 0xFF) return false;
            byte endpoint = (byte)_setup.Index;
            if ((endpoint & 0x7F) == 0) return true;
            return (endpoint & 0x70) == 0 && Configured && Owner(endpoint) is not null;
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
