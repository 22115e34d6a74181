namespace SharpProbe.Sim.Adi;

/// <summary>One test access port of a chain: its instruction register and, between TDI and TDO, whichever register that selects (IEEE 1149.1). Any instruction it does not know is BYPASS.</summary>
public abstract class Tap(string name, int irLength)
{
    private UInt128 _shift;
    private int _length = 1;

    public string Name => name;

    /// <summary>Bits.</summary>
    public int IrLength => irLength;

    /// <summary>The instruction in force.</summary>
    public uint Instruction { get; private set; }

    /// <summary>What the instruction register captures: 01 in its lowest bits.</summary>
    public uint IrCapture { get; init; } = 1;

    /// <summary>The instruction after Test-Logic-Reset: IDCODE, or BYPASS where there is none.</summary>
    protected abstract uint ResetInstruction { get; }

    /// <summary>The bit that TDO shows.</summary>
    internal bool Out => (_shift & 1) != 0;

    /// <summary>Test-Logic-Reset.</summary>
    internal void Reset() => Instruction = ResetInstruction;

    internal void CaptureIr() => (_shift, _length) = (IrCapture, irLength);

    internal void CaptureDr(ulong now) => _shift = Capture(now, out _length);

    internal void Shift(bool bit) => _shift = _shift >> 1 | (bit ? UInt128.One << _length - 1 : 0);

    internal void UpdateIr() => Instruction = (uint)_shift;

    internal void UpdateDr(ulong now) => Update(_shift, now);

    /// <summary>What the selected data register captures; a bypass register, one bit, captures 0.</summary>
    protected abstract UInt128 Capture(ulong now, out int length);

    /// <summary>The selected data register takes what was shifted in.</summary>
    protected virtual void Update(UInt128 value, ulong now) { }
}
