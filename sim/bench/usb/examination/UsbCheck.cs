namespace SharpProbe.Sim.Usb;

/// <summary>A row of the conformance list.</summary>
/// <param name="Section">What is looked into, and where it is written.</param>
/// <param name="Sentence">What has to be so.</param>
/// <param name="Run">Asks the device.</param>
/// <param name="Concerns">Whether the device has what the row is about; null: every device.</param>
public sealed record UsbCheck(string Section, string Sentence, Func<UsbExaminer, HostTask<bool>> Run, Func<UsbExaminer, bool>? Concerns = null);
