namespace SharpProbe.Sim.Usb;

/// <summary>A CDC-ACM function of a configuration, bound to the host's driver.</summary>
/// <param name="Name">String of the control interface; "interface N" where it has none.</param>
/// <param name="Capabilities">bmCapabilities of the ACM descriptor (PSTN 1.2, table 4).</param>
internal sealed record CdcFunction(string Name, int Control, int Data, int Capabilities, UsbPipe? Notify, UsbPipe In, UsbPipe Out)
{
    /// <summary>Requests SET_LINE_CODING, GET_LINE_CODING, SET_CONTROL_LINE_STATE are there.</summary>
    public bool HasLine => (Capabilities & 2) != 0;

    /// <summary>The name asked for is this one's or a part of it.</summary>
    public bool Answers(string asked) => Name.Contains(asked, StringComparison.OrdinalIgnoreCase);
}
