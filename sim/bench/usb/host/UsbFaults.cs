namespace SharpProbe.Sim.Usb;

/// <summary>Bit errors on the cable: handshakes that do not arrive. Repeatable by its seed.</summary>
public sealed class UsbFaults(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Share of transactions whose handshake is lost, 0 to 1. Three in a row end a transfer, as on a real bus.</summary>
    public double HandshakeLoss { get; set; }

    /// <summary>How many were lost.</summary>
    public int Lost { get; private set; }

    internal bool Loses(UsbPipe pipe)
    {
        // The third in a row would end the transfer: a line so bad is another test's business.
        if (HandshakeLoss == 0 || pipe.Errors >= 2 || _random.NextDouble() >= HandshakeLoss) return false;
        Lost++;
        return true;
    }

    /// <summary>An IN's data may be lost on the way, or only the host's ACK.</summary>
    internal bool OnlyTheAck() => _random.Next(2) == 0;
}
