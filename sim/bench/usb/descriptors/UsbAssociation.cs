namespace SharpProbe.Sim.Usb;

/// <summary>An interface association descriptor (IAD ECN, table 9-Z).</summary>
public sealed class UsbAssociation(byte[] bytes)
{
    public int First => bytes[2];
    public int Count => bytes[3];
    public int Class => bytes[4];
    public int SubClass => bytes[5];
    public int Protocol => bytes[6];
    public int Text => bytes[7];
}
