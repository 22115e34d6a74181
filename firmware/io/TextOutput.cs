using System;

namespace SharpProbe.Io;

/// <summary>Where a command's text goes: gdb's console, the probe's own. Lines end with '\n'; the output makes of it what its reader needs.</summary>
public abstract class TextOutput
{
    public abstract void Write(ReadOnlySpan<byte> text);
}
