namespace SharpProbe.Sim.Usb;

/// <summary>Whose turn it is on a port: while it is the program's, a standing clock waits for it.</summary>
public abstract class PeerTurn
{
    /// <summary>Bytes from the program to the device.</summary>
    public abstract void Sent(ReadOnlySpan<byte> bytes, ulong now);

    /// <summary>Bytes from the device, handed to the program.</summary>
    public abstract void Received(ReadOnlySpan<byte> bytes, ulong now);

    /// <summary>The device has something to say before the program goes on: time has to pass.</summary>
    public abstract bool DeviceOwes(ulong now);

    /// <summary>The program has come or gone.</summary>
    public abstract void Reset();
}
