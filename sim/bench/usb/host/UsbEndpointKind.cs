namespace SharpProbe.Sim.Usb;

/// <summary>Transfer types as bmAttributes codes them (USB 2.0, table 9-13).</summary>
public enum UsbEndpointKind { Control, Isochronous, Bulk, Interrupt }
