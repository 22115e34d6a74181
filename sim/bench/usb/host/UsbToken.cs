namespace SharpProbe.Sim.Usb;

/// <summary>What begins a transaction (USB 2.0, 8.3.1).</summary>
public enum UsbToken { Setup, In, Out, Ping }
