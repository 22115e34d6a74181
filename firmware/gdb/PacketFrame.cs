using System;
using System.Runtime.InteropServices;

namespace SharpProbe.Gdb;

/// <summary>One outgoing packet: "$", a body of at most so many characters, "#" and its checksum. What does not fit is cut off.</summary>
public sealed class PacketFrame(int capacity)
{
    /// <summary>The body starts on a word, for the loops that write it by words.</summary>
    private const int BodyStart = 4;

    private readonly byte[] _bytes = new byte[BodyStart + capacity + 3];
    private int _length;

    /// <summary>Characters of the body that are free.</summary>
    public int Room => _bytes.Length - 3 - BodyStart - _length;

    /// <summary>Characters in the body.</summary>
    public int Length => _length;

    public ReadOnlySpan<byte> Body => _bytes.AsSpan(BodyStart, _length);

    /// <summary>The free part of the body. Also a place to work, until something is written.</summary>
    public Span<byte> Free => _bytes.AsSpan(BodyStart + _length, Room);

    /// <summary>Adds characters that were put into <see cref="Free"/>.</summary>
    public void Advance(int characters) => _length += Math.Min(characters, Room);

    public void Clear() => _length = 0;

    /// <summary>Changes the first character.</summary>
    public void Begin(byte character) => _bytes[BodyStart] = character;

    public void Write(byte character)
    {
        if (Room != 0) _bytes[BodyStart + _length++] = character;
    }

    public void Write(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, Room)];
        text.CopyTo(Free);
        _length += text.Length;
    }

    /// <summary>Text from elsewhere. Characters that framing has a use for become underscores: gdb does not unescape text.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text) Write(IsReserved(b) || b < ' ' ? (byte)'_' : b);
    }

    /// <summary>Without leading zeros.</summary>
    public void WriteHex(uint value)
    {
        int shift = 28;
        while (shift > 0 && value >> shift == 0) shift -= 4;
        for (; shift >= 0; shift -= 4) Write(Hex.Character(value >> shift & 15));
    }

    /// <summary>Two digits a byte.</summary>
    public void WriteHexBytes(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, Room / 2)];
        Hex.Encode(bytes, Free);
        _length += bytes.Length * 2;
    }

    /// <summary>The last bytes of <see cref="Free"/>: data read to here is brought to its place by <see cref="EncodeTail"/> or <see cref="EscapeTail"/>.</summary>
    public Span<byte> Tail(int bytes) => Free[^bytes..];

    /// <summary>Appends what lies in the tail as hexadecimal digits; at most half of <see cref="Room"/>.</summary>
    public void EncodeTail(int bytes)
    {
        Hex.Encode(Tail(bytes), Free);
        _length += bytes * 2;
    }

    /// <summary>Appends what lies in the tail as binary data. Returns how many bytes that was: fewer when the escapes need the room.</summary>
    public int EscapeTail(int bytes)
    {
        Span<byte> area = Free;
        int to = 0, from = area.Length - bytes;
        for (; from < area.Length; from++)
        {
            byte b = area[from];
            if (!IsReserved(b)) area[to++] = b;
            else if (to + 2 <= from + 1)
            {
                area[to++] = (byte)'}';
                area[to++] = (byte)(b ^ 0x20);
            }
            else break;
        }
        _length += to;
        return bytes - (area.Length - from);
    }

    /// <summary>Ends the packet: "$", body, "#", checksum.</summary>
    public ReadOnlySpan<byte> Seal()
    {
        byte sum = Checksum(_bytes.AsSpan(BodyStart, _length));
        _bytes[BodyStart - 1] = (byte)'$';
        int end = BodyStart + _length;
        _bytes[end] = (byte)'#';
        _bytes[end + 1] = Hex.Character((uint)sum >> 4);
        _bytes[end + 2] = Hex.Character(sum & 15u);
        return Sealed;
    }

    /// <summary>What <see cref="Seal"/> made.</summary>
    public ReadOnlySpan<byte> Sealed => _bytes.AsSpan(BodyStart - 1, _length + 4);

    /// <summary>Sum of all bytes modulo 256, four at a time.</summary>
    private static byte Checksum(Span<byte> body)
    {
        uint sum = 0;
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(body);
        foreach (uint word in words)
        {
            uint pairs = (word & 0x00FF_00FF) + (word >> 8 & 0x00FF_00FF);
            sum += pairs + (pairs >> 16);
        }
        for (int i = words.Length * 4; i < body.Length; i++) sum += body[i];
        return (byte)sum;
    }

    /// <summary>'#', '$', '}', and '*', which would be a repeat count.</summary>
    private static bool IsReserved(byte b) => b is (byte)'#' or (byte)'$' or (byte)'*' or (byte)'}';
}
