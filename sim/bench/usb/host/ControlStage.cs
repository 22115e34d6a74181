namespace SharpProbe.Sim.Usb;

/// <summary>Where a control transfer is (USB 2.0, 8.5.3).</summary>
internal enum ControlStage { Setup, Data, Status }
