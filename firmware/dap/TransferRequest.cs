using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>The byte that asks for one transfer (CMSIS-DAP 2.1, "DAP_Transfer"). Its low four bits are those of a request on the wire.</summary>
readonly struct TransferRequest(int bits)
{
    private const int ApBit = 1, ReadBit = 2, ValueMatch = 0x10, MatchMask = 0x20, TimeStamp = 0x80;

    public uint Wire => SwdRequest.Of((uint)bits);

    public bool IsAp => (bits & ApBit) != 0;

    public bool IsRead => (bits & ReadBit) != 0;

    /// <summary>Read until the value matches; the match value follows.</summary>
    public bool IsMatch => (bits & (ReadBit | ValueMatch)) == (ReadBit | ValueMatch);

    /// <summary>The word that follows becomes the mask of later matches; nothing is written.</summary>
    public bool IsMask => (bits & (ReadBit | MatchMask)) == MatchMask;

    public bool HasTimeStamp => (bits & TimeStamp) != 0 && !IsMatch && !IsMask;

    /// <summary>Bytes that follow the request byte.</summary>
    public int DataLength => !IsRead || IsMatch ? 4 : 0;
}
