using System;
using SharpProbe.Io;

namespace SharpProbe.Settings;

/// <summary>One row of the table of settings.</summary>
/// <param name="key">In the store; never used again for something else.</param>
/// <param name="text">"name value\\nwhat it is for, a line".</param>
/// <param name="parse">Makes the stored bytes of typed words in <see cref="ProbeSettings.Typed"/>, and returns how many; 0: these are no such value.</param>
/// <param name="write">Writes stored bytes as they would be typed; false: they are none.</param>
public unsafe readonly struct Setting(byte key, ReadOnlySpan<byte> text, delegate*<ProbeSettings, ref Words, int> parse, delegate*<ReadOnlySpan<byte>, ref ByteWriter, bool> write)
{
    public byte Key { get; } = key;
    public CommandText Text { get; } = new(text);
    public delegate*<ProbeSettings, ref Words, int> Parse { get; } = parse;
    public delegate*<ReadOnlySpan<byte>, ref ByteWriter, bool> Write { get; } = write;
}
