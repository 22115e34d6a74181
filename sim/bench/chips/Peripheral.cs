namespace SharpProbe.Sim.Chips;

/// <summary>
/// A register block. What it does not model stops the bench by name: an unknown offset, a width the manual forbids, an access while
/// the peripheral's clock is off (<see cref="ClockEnabled"/>; silicon would silently read zero and lose the write).
/// </summary>
public abstract class Peripheral(string name) : IBusDevice
{
    private readonly List<Register> _registers = [];
    private Register?[] _byWord = [];

    public string Name { get; } = name;

    /// <summary>Registers in the order they were added: the SVD check walks them.</summary>
    public IReadOnlyCollection<Register> Registers => _registers;

    /// <summary>Set by the RCC model; null: always clocked. <see cref="ClockEnableBit"/> names the enable bit for the message.</summary>
    public Func<bool>? ClockEnabled { get; set; }
    public string ClockEnableBit { get; set; } = "";

    protected Register Add(Register register)
    {
        uint word = register.Offset / 4;
        if (word >= _byWord.Length) Array.Resize(ref _byWord, (int)word + 1);
        if (_byWord[word] is { } taken) throw new ArgumentException($"{Name}: {register.Name} and {taken.Name} share offset 0x{register.Offset:X}");
        register.Value = register.Reset;
        _byWord[word] = register;
        _registers.Add(register);
        return register;
    }

    /// <summary>True when a register is modelled at this offset.</summary>
    public bool Has(uint offset) => offset / 4 < _byWord.Length && _byWord[offset / 4] is not null;

    /// <summary>Back to reset values (peripheral reset or system reset).</summary>
    public virtual void Reset()
    {
        foreach (var r in _registers) r.Value = r.Reset;
    }

    public virtual uint Read(uint offset, int width)
    {
        var r = Find(offset, width, "read");
        uint value = (r.OnRead?.Invoke() ?? r.Value) & r.ReadMask;
        r.Value &= ~r.ClearByRead;
        return value >> (int)(offset & 3) * 8 & Mask(width);
    }

    public virtual void Write(uint offset, uint value, int width)
    {
        var r = Find(offset, width, "written");
        int shift = (int)(offset & 3) * 8;
        uint lanes = Mask(width) << shift;
        // Lanes not written must not look like ones to a bit that a one clears.
        r.Store(r.Value & ~lanes & ~r.ClearByOne | value << shift & lanes, Name);
    }

    private Register Find(uint offset, int width, string verb)
    {
        uint word = offset / 4;
        if (word >= _byWord.Length || _byWord[word] is not { } r)
            throw new BenchStop($"{Name}: offset 0x{offset:X} {verb}, which is not modelled");
        if ((r.Widths & width) == 0 || (offset & (uint)(width - 1)) != 0)
            throw new BenchStop($"{Name}.{r.Name} {verb} with a {width * 8}-bit access at offset 0x{offset:X}, which the manual does not allow");
        RequireClock(r.Name, verb);
        return r;
    }

    /// <summary>For what a block has beside its registers, e.g. FIFO windows.</summary>
    protected void RequireClock(string what, string verb)
    {
        if (ClockEnabled is { } on && !on()) throw new BenchStop($"{Name}.{what} {verb} while its clock is off ({ClockEnableBit} = 0)");
    }

    private static uint Mask(int width) => width == 4 ? uint.MaxValue : (1u << width * 8) - 1;
}
