namespace SharpProbe.Sim.Usb;

/// <summary>What came of a row.</summary>
/// <param name="Questions">Requests and transfers that it took; 0: the device has nothing of the kind.</param>
/// <param name="Complaints">Empty: passed.</param>
public sealed record UsbCheckResult(UsbCheck Check, int Questions, IReadOnlyList<string> Complaints)
{
    public bool Passed => Complaints.Count == 0;
}
