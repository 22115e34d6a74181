namespace SharpProbe.Sim.Gdb;

/// <summary>Two digits a byte, as the protocol writes data.</summary>
internal static class Hex
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static string OfText(string text) => Of(global::System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A register's value in target byte order.</summary>
    public static string OfValue(ulong value, int bits)
    {
        Span<byte> bytes = stackalloc byte[bits / 8];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(value >> 8 * i);
        return Of(bytes);
    }

    /// <summary>-1 for a character that is no digit.</summary>
    public static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
