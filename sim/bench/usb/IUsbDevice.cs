namespace SharpProbe.Sim.Usb;

/// <summary>
/// A device's upstream port as the host's port sees it, transaction by transaction (USB 2.0, chapter 8). The host decides when a transaction happens; calls come at the
/// simulated moment at which the transaction ends. Implemented by the models of USB device controllers.
/// </summary>
public interface IUsbDevice
{
    /// <summary>"F723.OTG_HS".</summary>
    string Name { get; }

    /// <summary>The pull-up on D+ is on.</summary>
    bool Attached { get; }

    /// <summary>Raised when <see cref="Attached"/> changes.</summary>
    event Action? AttachedChanged;

    /// <summary>An endpoint (bit 7: IN) that answered NAK may have something else to say now.</summary>
    event Action<int>? Ready;

    /// <summary>The cable brings 5 V, or no longer.</summary>
    bool Vbus { set; }

    /// <summary>SE0 begins. A high-speed device on a high-speed port chirps.</summary>
    void BeginReset(UsbSpeed port);

    /// <summary>SE0 ends, 10 ms or more later (USB 2.0, 7.1.7.5). Returns the speed agreed.</summary>
    UsbSpeed EndReset();

    /// <summary>No traffic for 3 ms.</summary>
    void Suspend();

    /// <summary>The host resumes the bus.</summary>
    void Resume();

    /// <summary>SETUP with DATA0; the answer is always ACK, or None where nobody listens at this address.</summary>
    UsbHandshake Setup(int address, int endpoint, ReadOnlySpan<byte> packet);

    UsbHandshake Out(int address, int endpoint, bool data1, ReadOnlySpan<byte> packet);

    /// <summary>
    /// IN. <paramref name="length"/> and <paramref name="data1"/> mean something with <see cref="UsbHandshake.Data"/>. <paramref name="lost"/>: the host does not
    /// acknowledge, as after a bit error on the line; the device must send the same again.
    /// </summary>
    UsbHandshake In(int address, int endpoint, Span<byte> buffer, out int length, out bool data1, bool lost = false);

    /// <summary>
    /// How many bytes the next IN to an endpoint (bit 7 set) would bring; -1 for none or not known. Without any effect: the host only needs it to know when that
    /// transaction ends. Where it is not known, <see cref="In"/> comes when a NAK would have ended, and the data occupies the line after that.
    /// </summary>
    int InLength(int endpoint) => -1;

    /// <summary>PING of high speed (USB 2.0, 8.5.1): Ack when a whole packet would fit.</summary>
    UsbHandshake Ping(int address, int endpoint);
}
