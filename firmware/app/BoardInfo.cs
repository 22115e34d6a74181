using System;

namespace SharpProbe.App;

/// <summary>What a board says of itself at start-up.</summary>
public ref struct BoardInfo
{
    public ReadOnlySpan<byte> Name, Chip, Clock, ResetCause;
    /// <summary>The commit that the image was built from.</summary>
    public ReadOnlySpan<char> Commit;
    public uint Hertz;
    public ReadOnlySpan<byte> UniqueId;
}
