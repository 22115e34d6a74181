using System;
using SharpProbe.Io;

namespace SharpProbe.Usb;

/// <summary>
/// A function of the device: some interfaces, their endpoints, strings and class requests. <see cref="UsbDevice"/> numbers its interfaces and strings by its place in the configuration and
/// calls it in the controller's interrupt.
/// </summary>
public abstract class UsbFunction
{
    /// <summary>Number of its first interface.</summary>
    public byte FirstInterface { get; internal set; }

    /// <summary>Index of its first string.</summary>
    public byte FirstString { get; internal set; }

    public virtual int Interfaces => 1;

    public virtual int Strings => 1;

    public abstract UsbEndpoint[] Endpoints { get; }

    /// <summary>Bytes of the longest data stage on endpoint 0. The device's descriptors need 400 (the tests of its modes read them all), a report of a HID 512.</summary>
    public virtual int LongestRequest => 512;

    /// <summary>bInterfaceNumber of the interface that an endpoint belongs to.</summary>
    public virtual int InterfaceOf(UsbEndpoint endpoint) => FirstInterface;

    public abstract ReadOnlySpan<byte> Text(int index);

    /// <summary>Its interface descriptors and all that belongs to them.</summary>
    public abstract void WriteDescriptors(bool high, ref ByteWriter to);

    /// <summary>A GUID as registry text, where Windows is to bind WinUSB to the function; empty: it has a driver of its own.</summary>
    public virtual ReadOnlySpan<byte> WinUsbInterface => default;

    /// <summary>A class request, or a standard one that only the class knows, to one of its interfaces, while configured. True: answered on the pipe; false: it stalls.</summary>
    public virtual bool OnRequest(in SetupPacket setup, ControlPipe pipe) => false;

    /// <summary>The data stage that <see cref="OnRequest"/> asked for is here.</summary>
    public virtual bool OnData(in SetupPacket setup, ReadOnlySpan<byte> data) => false;

    /// <summary>bAlternateSetting of one of its interfaces.</summary>
    public virtual byte Alternate => 0;

    /// <summary>SET_INTERFACE; false where there is no such setting.</summary>
    public virtual bool TrySetAlternate(byte alternate) => alternate == 0;

    /// <summary>The device is configured and the endpoints are open.</summary>
    public virtual void OnOpened() { }

    /// <summary>A bus reset or another configuration: its endpoints are gone.</summary>
    public virtual void OnBusLost() { }

    /// <summary>No traffic for 3 ms.</summary>
    public virtual void OnSuspend() { }

    public virtual void OnResume() { }

    public virtual void OnReceived(byte endpoint, ReadOnlySpan<byte> packet) { }

    /// <summary>Where a packet of this length that has arrived is wanted; empty: <see cref="OnReceived"/> gets it.</summary>
    public virtual Span<byte> Place(int length) => default;

    /// <summary>The packet is in its <see cref="Place"/>.</summary>
    public virtual void OnPlaced(int length) { }

    /// <summary>What was let in on an OUT endpoint has arrived and is dealt with: more may be let in.</summary>
    public virtual void OnReady(byte endpoint) { }

    public virtual void OnSent(byte endpoint) { }

    /// <summary>A halt ended: the endpoint begins anew with DATA0.</summary>
    public virtual void OnUnhalted(byte endpoint) { }

    protected static void WriteInterface(ref ByteWriter to, int number, int endpoints, byte kind, byte subclass, byte protocol, int text, byte alternate = 0) =>
        to.Write([9, (byte)DescriptorKind.Interface, (byte)number, alternate, (byte)endpoints, kind, subclass, protocol, (byte)text]);

    protected static void WriteEndpoint(ref ByteWriter to, UsbEndpoint endpoint, bool high)
    {
        int packet = endpoint.Packet(high);
        to.Write([7, (byte)DescriptorKind.Endpoint, endpoint.Address, (byte)(endpoint.Interrupt ? 3 : 2), (byte)packet, (byte)(packet >> 8), endpoint.Interval(high)]);
    }
}
