namespace System;

public readonly struct Index
{
    private readonly int _value;

    public Index(int value, bool fromEnd = false) => _value = fromEnd ? ~value : value;

    public static Index Start => new(0);
    public static Index End => new(0, true);
    public bool IsFromEnd => _value < 0;
    public int Value => _value < 0 ? ~_value : _value;

    public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;

    public static implicit operator Index(int value) => new(value);
}
