namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>The enable and reset registers of an RCC, made from its rows, and the blocks that hang on them.</summary>
public sealed class ClockGates
{
    private readonly Dictionary<string, (Register Enr, uint Mask)> _enables = [];
    private readonly Dictionary<string, (Register Lpenr, uint Mask)> _sleepEnables = [];
    private readonly Dictionary<string, (Register Rstr, uint Mask)> _resets = [];
    private readonly List<(Register Rstr, uint Mask, Peripheral Block)> _attached = [];

    /// <param name="rows">The family's table.</param>
    /// <param name="add">Adds a register to the RCC's block.</param>
    public ClockGates(IEnumerable<GateRow> rows, Func<Register, Register> add)
    {
        foreach (var row in rows) AddRow(row, add);
    }

    private void AddRow(GateRow row, Func<Register, Register> add)
    {
        var bits = row.Bits.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray();
        uint Mask(char kind) => bits.Where(b => b.Kinds.Contains(kind)).Aggregate(0u, (m, b) => m | 1u << b.Bit);
        if (row.Rstr is { } at)
        {
            Register? rstr = null;
            rstr = add(new()
            {
                Name = row.Bus + "RSTR" + row.Suffix, Offset = at, ReadMask = Mask('r'), WriteMask = Mask('r'), Widths = 7,
                OnWrite = (old, _) => Pulled(rstr!, rstr!.Value & ~old),
            });
            foreach (var (name, bit, kinds) in bits)
                if (kinds.Contains('r')) _resets.Add(name, (rstr, 1u << bit));
        }
        var enr = add(new()
        {
            Name = row.Bus + "ENR" + row.Suffix, Offset = row.Enr, Reset = row.EnrReset, ReadMask = Mask('e') | row.EnrReset, WriteMask = Mask('e'), Widths = 7,
            OnWrite = (_, _) => EnablesChanged?.Invoke(),
        });
        foreach (var (name, bit, kinds) in bits)
            if (kinds.Contains('e')) _enables.Add(name, (enr, 1u << bit));
        if (row.Lpenr is not { } sleep) return;
        var lpenr = add(new() { Name = row.Bus + row.Sleep + row.Suffix, Offset = sleep, Reset = row.LpenrReset, ReadMask = Mask('l') | row.LpenrReset, WriteMask = Mask('l'), Widths = 7 });
        foreach (var (name, bit, kinds) in bits)
            if (kinds.Contains('l')) _sleepEnables.Add(name, (lpenr, 1u << bit));
    }

    /// <summary>Raised after a write to an enable register.</summary>
    public event Action? EnablesChanged;

    /// <summary>Whether a block has its clock; true for a block without an enable bit.</summary>
    public bool Enabled(string bit) => !_enables.TryGetValue(bit, out var e) || (e.Enr.Value & e.Mask) != 0;

    /// <summary>The sleep enable bit's name while it is set, else null.</summary>
    public string? EnabledInSleep(string bit) => _sleepEnables.TryGetValue(bit, out var e) && (e.Lpenr.Value & e.Mask) != 0 ? $"RCC_{e.Lpenr.Name}.{bit}LPEN" : null;

    /// <summary>Lets a block answer only while its clock is on and its reset bit is clear, and resets it by that bit.</summary>
    public void Attach(Peripheral block, string bit)
    {
        bool gated = _enables.TryGetValue(bit, out var enable), resettable = _resets.TryGetValue(bit, out var reset);
        if (!gated && !resettable) throw new ArgumentException($"no RCC bit is named {bit}");
        if (gated) block.ClockEnableBit = $"RCC_{enable.Enr.Name}.{bit}EN";
        if (resettable) _attached.Add((reset.Rstr, reset.Mask, block));
        block.ClockEnabled = () =>
        {
            if (resettable && (reset.Rstr.Value & reset.Mask) != 0) throw new BenchStop($"{block.Name} accessed while RCC_{reset.Rstr.Name}.{bit}RST = 1 holds it in reset");
            return !gated || (enable.Enr.Value & enable.Mask) != 0;
        };
    }

    private void Pulled(Register rstr, uint bits)
    {
        foreach (var (register, mask, block) in _attached)
            if (register == rstr && (bits & mask) != 0) block.Reset();
    }

    private static (string Name, int Bit, string Kinds) Parse(string text)
    {
        var parts = text.Split(':', '/');
        return (parts[0], int.Parse(parts[1]), parts.Length > 2 ? parts[2] : "rel");
    }
}
