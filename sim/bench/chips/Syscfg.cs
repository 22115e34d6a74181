namespace SharpProbe.Sim.Chips;

/// <summary>What all families' SYSCFG share: which port's pin feeds each of the first 16 EXTI lines.</summary>
public abstract class Syscfg : Peripheral
{
    private readonly Register[] _exticr = new Register[4];

    /// <param name="highestPort">Last port that the chip's EXTICR fields may name.</param>
    protected Syscfg(char highestPort) : base("SYSCFG")
    {
        for (int i = 0; i < 4; i++)
        {
            int n = i;
            _exticr[i] = Add(new()
            {
                Name = $"EXTICR{i + 1}", Offset = 0x08u + 4 * (uint)i, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 7,
                OnWrite = (old, _) => Written(n, old, highestPort),
            });
        }
    }

    /// <summary>Raised with the line whose port changed.</summary>
    public event Action<int>? PortChanged;

    /// <summary>Port letter that feeds a line 0 to 15.</summary>
    public char PortOf(int line) => (char)('A' + _exticr[line / 4].Field(line % 4 * 4, 4));

    public override void Reset()
    {
        base.Reset();
        for (int line = 0; line < 16; line++) PortChanged?.Invoke(line);
    }

    private void Written(int n, uint old, char highestPort)
    {
        for (int line = n * 4; line < n * 4 + 4; line++)
        {
            if (PortOf(line) > highestPort)
                throw new BenchStop($"SYSCFG.EXTICR{n + 1}: EXTI{line} set to {PortOf(line) - 'A'}, which is reserved");
            if (((old ^ _exticr[n].Value) >> line % 4 * 4 & 15) != 0) PortChanged?.Invoke(line);
        }
    }
}
