namespace SharpProbe.Live;

/// <summary>A variable as it was seen last.</summary>
public struct LiveValue
{
    public uint Address;
    /// <summary>Bytes: 1, 2 or 4.</summary>
    public int Size;
    public uint Value;
    /// <summary>It has been seen.</summary>
    public bool Known;
}
