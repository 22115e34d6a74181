namespace System;

/// <summary>One UTF-16 code unit. Classification covers ASCII, which is what protocols use.</summary>
public readonly struct Char : IEquatable<char>
{
    public const char MaxValue = (char)0xFFFF;
    public const char MinValue = (char)0x00;

    private readonly char _value;

    public bool Equals(char other) => _value == other;
    public int GetHashCode() => _value;

    public static bool IsAsciiDigit(char c) => (uint)(c - '0') <= 9;
    public static bool IsAsciiLetterLower(char c) => (uint)(c - 'a') <= 25;
    public static bool IsAsciiLetterUpper(char c) => (uint)(c - 'A') <= 25;
    public static bool IsAsciiLetter(char c) => IsAsciiLetterLower((char)(c | 0x20));
    public static bool IsAsciiHexDigit(char c) => IsAsciiDigit(c) || (uint)((c | 0x20) - 'a') <= 5;
}
