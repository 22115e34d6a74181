using SharpProbe.Io;

namespace SharpProbe.App;

/// <summary>The first lines on the console: who, where, how fast, which one.</summary>
public static class Banner
{
    public static void Write(ref ByteWriter text, BoardInfo board)
    {
        text.Write("\r\n"u8);
        text.Write(Product.Name);
        text.Write((byte)' ');
        text.Write(Product.Version);
        text.Write(" ("u8);
        foreach (char c in board.Commit) text.Write((byte)c);
        text.Write(") on "u8);
        text.Write(board.Name);
        text.Write(", "u8);
        text.Write(board.Chip);
        text.Write(" at "u8);
        text.WriteDecimal(board.Hertz / 1_000_000);
        text.Write(" MHz ("u8);
        text.Write(board.Clock);
        text.Write("), id "u8);
        foreach (byte b in board.UniqueId) text.WriteHex(b, 2);
        text.Write(", reset by "u8);
        text.Write(board.ResetCause);
        text.Write("\r\n"u8);
    }
}
