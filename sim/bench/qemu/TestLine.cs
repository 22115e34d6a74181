namespace SharpProbe.Sim.Qemu;

/// <summary>One generated instruction: where it is, its bits, what it is called.</summary>
public readonly record struct TestLine(uint Address, uint Opcode, int Size, Encoding? Row, string? Name)
{
    public override string ToString() => $"{Address:X8}  {(Size == 2 ? $"{Opcode:X4}    " : $"{Opcode:X8}")}  {Name ?? Row!.Disassemble(Opcode)}";
}
