using SharpProbe.Io;

namespace SharpProbe.Usb.Dfu;

/// <summary>The host wants the boot loader. Asked in the USB interrupt; the main loop does it a little later, so that the answer reaches the host first.</summary>
public sealed class BootRequest(Clock clock)
{
    /// <summary>Enough for the status stage of the request, in ms.</summary>
    private const uint Grace = 20;

    private volatile bool _asked;
    private uint _since;

    /// <summary>Somebody asked.</summary>
    public bool Asked => _asked;

    /// <summary>It is time to go.</summary>
    public bool Due => _asked && clock.Milliseconds - _since >= Grace;

    public void Ask()
    {
        if (_asked) return;
        _since = clock.Milliseconds;
        _asked = true;
    }
}
