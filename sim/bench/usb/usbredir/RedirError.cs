namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>The other side breaks the protocol: the connection ends with this message.</summary>
internal sealed class RedirError(string message) : Exception(message);
