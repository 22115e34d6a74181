namespace SharpProbe.Sim.Usb;

/// <summary>What the root port has reached (USB 2.0, 9.1.1).</summary>
public enum UsbHostState
{
    /// <summary>No cable.</summary>
    Unplugged,
    /// <summary>5 V are on; the device has not pulled D+ up.</summary>
    Powered,
    /// <summary>Connect seen; debounce, resets and requests are under way.</summary>
    Enumerating,
    Configured,
    Suspended,
    /// <summary>Enumeration was given up; the last finding says why.</summary>
    Failed,
}
