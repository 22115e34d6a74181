using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.App;

/// <summary>A serial line with a real speed and format.</summary>
public abstract class SerialLine : ByteStream
{
    /// <summary>Everything written has left.</summary>
    public abstract bool Idle { get; }

    /// <summary>Changes speed and format. False: the line cannot do it, and stays as it was.</summary>
    public abstract bool TrySet(LineCoding coding);

    /// <summary>Holds the line low, or ends that.</summary>
    public abstract void SetBreak(bool on);
}
