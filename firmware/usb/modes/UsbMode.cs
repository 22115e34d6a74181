namespace SharpProbe.Usb;

/// <summary>A configuration by name.</summary>
/// <param name="name">As the setting has it.</param>
/// <param name="functions">In the order of their interfaces.</param>
public sealed class UsbMode(string name, FunctionKind[] functions)
{
    public string Name { get; } = name;
    public FunctionKind[] Functions { get; } = functions;
}
