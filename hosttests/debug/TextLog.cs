using System.Text;
using SharpProbe.Io;

namespace SharpProbe.Tests.Debugging;

/// <summary>What a command wrote.</summary>
sealed class TextLog : TextOutput
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public override void Write(ReadOnlySpan<byte> text) => _text.Append(Encoding.ASCII.GetString(text));
}
