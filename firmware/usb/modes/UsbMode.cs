using System;

namespace SharpProbe.Usb;

/// <summary>A configuration by name.</summary>
/// <param name="name">As the setting has it.</param>
/// <param name="functions">In the order of their interfaces.</param>
public sealed class UsbMode(string name, FunctionKind[] functions)
{
    public string Name { get; } = name;
    public FunctionKind[] Functions { get; } = functions;

    public bool IsNamed(ReadOnlySpan<byte> name)
    {
        if (name.Length != Name.Length) return false;
        for (int i = 0; i < name.Length; i++)
            if (name[i] != Name[i]) return false;
        return true;
    }

    public bool Has(FunctionKind kind)
    {
        foreach (FunctionKind one in Functions)
            if (one == kind) return true;
        return false;
    }

    /// <summary>Endpoints of all its functions, for the budget.</summary>
    public UsbEndpoint[] Endpoints()
    {
        int count = 0;
        foreach (FunctionKind kind in Functions) count += FunctionEndpoints.Of(kind).Length;
        var all = new UsbEndpoint[count];
        count = 0;
        foreach (FunctionKind kind in Functions)
            foreach (UsbEndpoint endpoint in FunctionEndpoints.Of(kind)) all[count++] = endpoint;
        return all;
    }
}
