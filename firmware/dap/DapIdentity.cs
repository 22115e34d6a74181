namespace SharpProbe.Dap;

/// <summary>What the probe says about itself in DAP_Info; ASCII.</summary>
public sealed class DapIdentity(byte[] vendor, byte[] product, byte[] serial, byte[] version)
{
    public byte[] Vendor => vendor;
    public byte[] Product => product;
    public byte[] Serial => serial;

    /// <summary>Of the firmware.</summary>
    public byte[] Version => version;
}
