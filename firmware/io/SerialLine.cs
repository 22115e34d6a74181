using SharpProbe.Usb.Cdc;

namespace SharpProbe.Io;

/// <summary>A serial line with a real speed and format.</summary>
public abstract class SerialLine : ByteStream
{
    /// <summary>Everything written has left.</summary>
    public abstract bool Idle { get; }

    /// <summary>Bytes that can wait to be sent.</summary>
    public abstract int TransmitBuffer { get; }

    /// <summary>Bytes that can wait to be read.</summary>
    public abstract int ReceiveBuffer { get; }

    /// <summary>Bits a second that the line really has.</summary>
    public abstract uint Baud { get; }

    /// <summary>Changes speed and format. False: the line cannot do it, and stays as it was.</summary>
    public abstract bool TrySet(LineCoding coding);

    /// <summary>Holds the line low, or ends that.</summary>
    public abstract void SetBreak(bool on);

    /// <summary>Drops what waits to be sent.</summary>
    public abstract void Discard();

    /// <summary>What went wrong in reception since this was asked last.</summary>
    public abstract LineErrors TakeErrors();
}
