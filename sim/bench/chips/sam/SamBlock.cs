namespace SharpProbe.Sim.Chips.Sam;

/// <summary>A block of SAM D, L, C or E5x with registers of 8, 16 and 32 bits side by side; any access takes the bytes it covers. Reserved bytes read zero and forget writes.</summary>
public abstract class SamBlock(string name) : IBusDevice
{
    private readonly List<SamRegister> _registers = [];

    public string Name { get; } = name;

    public IReadOnlyList<SamRegister> Registers => _registers;

    protected SamRegister Add(SamRegister register)
    {
        _registers.Add(register);
        register.Value = register.Reset;
        return register;
    }

    public virtual void Reset()
    {
        foreach (var r in _registers) r.Value = r.Reset;
    }

    public virtual uint Read(uint offset, int width)
    {
        uint value = 0;
        foreach (var r in _registers)
        {
            if (r.Offset >= offset + width || r.Offset + r.Size <= offset) continue;
            ulong own = r.OnRead?.Invoke() ?? r.Value;
            int shift = ((int)r.Offset - (int)offset) * 8;
            value |= (uint)(shift >= 0 ? own << shift : own >> -shift);
        }
        return width == 4 ? value : value & (1u << width * 8) - 1;
    }

    public virtual void Write(uint offset, uint value, int width)
    {
        foreach (var r in _registers)
        {
            if (r.Offset >= offset + width || r.Offset + r.Size <= offset) continue;
            int shift = ((int)offset - (int)r.Offset) * 8;
            ulong lanes = (1UL << width * 8) - 1, own = (1UL << r.Size * 8) - 1;
            uint mask = (uint)((shift >= 0 ? lanes << shift : lanes >> -shift) & own), written = (uint)(shift >= 0 ? (ulong)value << shift : value >> -shift) & mask;
            r.Value = r.Value & ~(mask & r.WriteMask) | written & r.WriteMask;
            r.OnWrite?.Invoke(written);
        }
    }
}
