using System.Text;
using SharpProbe.Io;

namespace SharpProbe.Tests.Firmware;

/// <summary>What portable code writes into a ByteWriter, as a string.</summary>
static class Text
{
    public delegate void Writer(ref ByteWriter text);

    public static string Of(Writer write, int room = 512)
    {
        var text = new ByteWriter(new byte[room]);
        write(ref text);
        return Encoding.ASCII.GetString(text.Written);
    }

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
