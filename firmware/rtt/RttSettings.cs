using System;

namespace SharpProbe.Rtt;

/// <summary>What "monitor rtt" sets.</summary>
public sealed class RttSettings
{
    /// <summary>Channels that are served; so many of each direction.</summary>
    public const int Channels = 16;

    private readonly byte[] _ident = new byte[16];

    public RttSettings() => "SEGGER RTT"u8.CopyTo(_ident);

    /// <summary>A bit for each channel towards the host.</summary>
    public uint Up { get; set; } = 3;

    /// <summary>Address of the control block; 0: it is looked for.</summary>
    public uint Address { get; set; }

    /// <summary>Where it is looked for; both 0: in all of the part's RAM.</summary>
    public uint RamStart { get; set; }
    public uint RamEnd { get; set; }

    /// <summary>ms between two looks: while data comes, and when none has come for long.</summary>
    public uint MinPoll { get; set; } = 1;
    public uint MaxPoll { get; set; } = 256;

    /// <summary>Looks in a row that may fail before the control block is looked for anew.</summary>
    public uint MaxErrors { get; set; } = 10;

    /// <summary>The 16 bytes that a control block begins with.</summary>
    public ReadOnlySpan<byte> Ident => _ident;

    /// <summary>False: it has more than 15 characters, or none.</summary>
    public bool TrySetIdent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length >= _ident.Length) return false;
        _ident.AsSpan().Clear();
        text.CopyTo(_ident);
        return true;
    }
}
