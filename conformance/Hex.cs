namespace SharpProbe.Conformance;

/// <summary>Packets as they are written in the list: "05 00 01 02".</summary>
static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", ""));

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder(bytes.Length * 3);
        foreach (byte b in bytes) text.Append(text.Length == 0 ? "" : " ").Append(b.ToString("X2"));
        return text.ToString();
    }

    /// <summary>Little endian, as all fields are.</summary>
    public static string Word(uint value) => Text(BitConverter.GetBytes(value));

    public static string Short(int value) => Text(BitConverter.GetBytes((ushort)value));

    public static string Byte(int value) => ((byte)value).ToString("X2");

    /// <summary>The same bytes so many times.</summary>
    public static string Times(int count, string bytes) => string.Join(' ', Enumerable.Repeat(bytes, count));
}
