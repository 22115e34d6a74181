namespace SharpProbe.Sim.Usb.Ip;

/// <summary>A peer that does not keep to the protocol: its connection ends, and the bench says why.</summary>
internal sealed class UsbIpRefusal(string message) : Exception(message);
