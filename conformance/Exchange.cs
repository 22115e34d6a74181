namespace SharpProbe.Conformance;

/// <summary>What was asked and what came back.</summary>
sealed record Exchange(byte[] Request, byte[]? Answer)
{
    public override string ToString() => $"asked    {Short(Request)}\nanswered {(Answer is null ? "nothing" : Short(Answer))}";

    private static string Short(byte[] bytes) => bytes.Length <= 96 ? Hex.Text(bytes) : $"{Hex.Text(bytes.AsSpan(0, 80))} … {Hex.Text(bytes.AsSpan(bytes.Length - 8))} ({bytes.Length} bytes)";
}
