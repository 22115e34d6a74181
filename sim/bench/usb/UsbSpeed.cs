namespace SharpProbe.Sim.Usb;

/// <summary>Bus speed (USB 2.0, 7.1.11).</summary>
public enum UsbSpeed { Full, High }
