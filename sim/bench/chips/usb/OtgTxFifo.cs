namespace SharpProbe.Sim.Chips.Usb;

/// <summary>A transmit FIFO of its own for each IN endpoint (RM0431 and RM0433, "Peripheral Tx FIFOs").</summary>
/// <param name="core">For messages.</param>
/// <param name="number">0: DIEPTXF0.</param>
/// <param name="size">DIEPTXFx: start in bits 15:0, depth in bits 31:16, both in words.</param>
internal sealed class OtgTxFifo(string core, int number, Register size)
{
    private readonly Queue<uint> _words = [];

    public int Number => number;
    public int Start => (int)size.Field(0, 16);
    public int Depth => (int)size.Field(16, 16);
    public int End => Start + Depth;
    public int Count => _words.Count;
    public int Free => Depth - Count;

    public void Push(uint word)
    {
        if (Free <= 0) throw new BenchStop($"{core}: transmit FIFO {number} of {Depth} words (DIEPTXF{number}) is full, and another word is written");
        _words.Enqueue(word);
    }

    /// <summary>Copies the oldest bytes, and takes their words away unless they are to be sent again.</summary>
    public void Take(Span<byte> bytes, bool keep)
    {
        int words = (bytes.Length + 3) / 4, at = 0;
        foreach (uint word in _words.Take(words))
            for (int i = 0; i < 4 && at < bytes.Length; i++) bytes[at++] = (byte)(word >> 8 * i);
        if (keep) return;
        for (int i = 0; i < words; i++) _words.Dequeue();
    }

    public void Flush() => _words.Clear();
}
