using System;

namespace SharpProbe.App;

/// <summary>Reads the names of <see cref="SymbolTable"/> one after the other until the one that is looked for. A type's name ends with a byte 1 and holds until the next one; a method's ends with a zero byte.</summary>
/// <param name="room">Where the name is put together.</param>
/// <param name="index">Which name.</param>
ref struct SymbolSearch(Span<byte> room, int index)
{
    private readonly Span<byte> _room = room;
    private int _left = index, _type, _length;

    public bool Found { get; private set; }

    public readonly SymbolName Name => Found ? new(_room[.._length]) : default;

    public void Take(byte letter)
    {
        if (Found) return;
        if (letter == 0) EndName();
        else if (letter == 1) EndType();
        else if (_length < _room.Length) _room[_length++] = letter;
    }

    private void EndName()
    {
        Found = _left-- == 0;
        if (!Found) _length = _type;
    }

    /// <summary>What came since the last name is the next one's type: it takes the place of the last type.</summary>
    private void EndType()
    {
        ReadOnlySpan<byte> name = _room[_type.._length];
        name.CopyTo(_room);
        _length = name.Length;
        if (_length != 0 && _length < _room.Length) _room[_length++] = (byte)'.';
        _type = _length;
    }
}
