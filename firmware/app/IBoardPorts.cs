using SharpProbe.Usb;

namespace SharpProbe.App;

/// <summary>What the firmware asks of a board.</summary>
public interface IBoardPorts
{
    /// <summary>Time since start-up; wraps after 49 days.</summary>
    static abstract uint Milliseconds { get; }

    static abstract void SetLed(bool on);

    static abstract void FeedWatchdog();

    /// <summary>Waits for the next interrupt, at most a millisecond; not at all while USB has something for gdb or CMSIS-DAP.</summary>
    static abstract void Sleep(ProbeUsb usb);

    /// <summary>Leaves USB and enters the boot loader; does not return.</summary>
    static abstract void StartBootLoader();

    /// <summary>Does not return.</summary>
    static abstract void Reset();
}
