namespace SharpProbe.Sim.Usb;

/// <summary>An endpoint of the configured device.</summary>
/// <param name="Endpoint">Address.</param>
/// <param name="Interval">Interrupt: femtoseconds between two polls.</param>
public readonly record struct UsbPipeInfo(int Endpoint, int MaxPacket, ulong Interval)
{
    public bool IsIn => (Endpoint & 0x80) != 0;
}
