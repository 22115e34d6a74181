using System;

namespace SharpProbe.Usb;

/// <summary>
/// A USB device controller: what the stack asks of the hardware. Endpoint addresses have bit 7 set for IN. One packet at a time goes each way on each endpoint. The controller tells
/// what happens to <see cref="Device"/>, in its interrupt; other contexts call between <see cref="Enter"/> and <see cref="Leave"/>.
/// </summary>
public abstract class UsbController
{
    /// <summary>Bytes of a packet on endpoint 0, at both speeds.</summary>
    public const int ControlPacket = 64;

    /// <summary>Room for the longest packet there is, in the interrupt or while it is held off: for who puts one together to <see cref="Send"/> it at once, and for one that arrives and is wanted nowhere else.</summary>
    public byte[] Packet { get; } = new byte[512];

    /// <summary>Who is told; set before <see cref="Attach"/>.</summary>
    public UsbDevice? Device { get; set; }

    /// <summary>The host and this controller agreed on high speed at the last reset.</summary>
    public abstract bool HighSpeed { get; }

    /// <summary>This controller can do high speed: the device has a qualifier then.</summary>
    public abstract bool HighSpeedCapable { get; }

    /// <summary>Shows itself to the host.</summary>
    public abstract void Attach();

    public abstract void Detach();

    /// <summary>Counts from the end of the control transfer at hand.</summary>
    public abstract void SetAddress(byte address);

    /// <param name="endpoint">Address.</param>
    /// <param name="interrupt">Interrupt, not bulk.</param>
    /// <param name="packet">wMaxPacketSize.</param>
    public abstract void Open(byte endpoint, bool interrupt, int packet);

    public abstract void Close(byte endpoint);

    /// <summary>Halts an endpoint, or ends that and begins anew with DATA0. On endpoint 0 the next SETUP ends it.</summary>
    public abstract void Halt(byte endpoint, bool halted);

    /// <summary>Queues a packet of an IN endpoint, which must be idle: opened, and every earlier packet reported sent. Its bytes are taken before this returns.</summary>
    public abstract void Send(byte endpoint, ReadOnlySpan<byte> packet);

    /// <summary>Takes the packet back that was queued and not sent.</summary>
    public abstract void Abort(byte endpoint);

    /// <summary>Lets packets in on an OUT endpoint; until then the host hears NAK. After so many, or after one that is short, <see cref="UsbDevice.OnReady"/> follows.</summary>
    /// <param name="packets">On endpoint 0 one.</param>
    public abstract void Accept(byte endpoint, int packets = 1);

    /// <summary>Keeps the controller's interrupt away; returns what <see cref="Leave"/> needs.</summary>
    public abstract uint Enter();

    public abstract void Leave(uint state);
}
