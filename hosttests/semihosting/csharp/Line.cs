using System;

namespace SharpProbe.HostedProgram;

/// <summary>A line of text that is put together and leaves whole, to the console or to a file.</summary>
ref struct Line(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length = 0;

    public void Add(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text) _buffer[_length++] = b;
    }

    public void Add(ReadOnlySpan<byte> text, int number)
    {
        Add(text);
        if (number < 0) _buffer[_length++] = (byte)'-';
        uint rest = (uint)(number < 0 ? -number : number), weight = 1;
        while (rest / weight > 9) weight *= 10;
        for (; weight != 0; weight /= 10) _buffer[_length++] = (byte)('0' + rest / weight % 10);
    }

    public void Print(ReadOnlySpan<byte> text, int number)
    {
        Add(text, number);
        Print();
    }

    public void Print()
    {
        Add("\n\0"u8);
        Host.Print(_buffer[.._length]);
        _length = 0;
    }

    /// <summary>Bytes that were not written.</summary>
    public int WriteTo(int file)
    {
        Add("\n"u8);
        int left = Host.WriteTo(file, _buffer[.._length]);
        _length = 0;
        return left;
    }
}
