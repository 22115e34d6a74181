namespace SharpProbe.Sim.Usb;

/// <summary>A real program's end of a <see cref="CdcPort"/>: a pseudo terminal or a socket. Never blocks but in <see cref="Wait"/>.</summary>
public interface IHostPeer : IDisposable
{
    /// <summary>What a user types to connect: a path, or host:port.</summary>
    string Place { get; }

    /// <summary>A program has it open.</summary>
    bool IsConnected { get; }

    /// <summary>Bytes from the program that have come so far; 0 for none.</summary>
    int Take(Span<byte> buffer);

    /// <summary>Bytes for the program; returns how many it has room for.</summary>
    int Give(ReadOnlySpan<byte> bytes);

    /// <summary>Waits in real time for bytes or a connection; true when there may be something.</summary>
    bool Wait(int milliseconds);

    /// <summary>The device has gone: the program sees a hang-up.</summary>
    void HangUp();

    /// <summary>The program has gone: what it did not read is not for the next one.</summary>
    void Forget();
}
