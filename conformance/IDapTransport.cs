namespace SharpProbe.Conformance;

/// <summary>A CMSIS-DAP probe at the end of some wire: packets go out, packets come back.</summary>
public interface IDapTransport : IDisposable
{
    /// <summary>For the report.</summary>
    string Name { get; }

    /// <summary>Packets arrive as long as they were sent (bulk endpoints); false: they are padded to the packet's size (HID reports).</summary>
    bool KeepsLength { get; }

    /// <summary>As the probe says in DAP_Info; it is set when that is known. A read asks for so many bytes: a whole packet has no empty one behind it.</summary>
    int PacketSize { get; set; }

    /// <summary>Time as the probe has it; on a simulated probe not that of this computer.</summary>
    TimeSpan Now { get; }

    /// <summary>Puts a request on its way; does not wait for the answer.</summary>
    /// <exception cref="TransportLost">The probe is gone, or takes nothing.</exception>
    void Send(ReadOnlySpan<byte> request);

    /// <summary>The next packet; null when none comes in time.</summary>
    byte[]? Receive(TimeSpan timeout);

    /// <summary>As though the program had been killed and started anew: what the probe still has to say stays with it.</summary>
    void Reopen();
}
