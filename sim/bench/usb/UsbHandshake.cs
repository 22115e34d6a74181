namespace SharpProbe.Sim.Usb;

/// <summary>A device's answer to a transaction (USB 2.0, 8.4.5). For IN, data is <see cref="Data"/>.</summary>
public enum UsbHandshake { None, Ack, Nak, Nyet, Stall, Data }
