namespace SharpProbe.Sim.Usb.Usbredir;

/// <summary>"Status code list" of the protocol.</summary>
internal enum RedirStatus : byte { Success, Cancelled, Inval, IoError, Stall, Timeout, Babble }
