namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>A block that the chip has and the bench has not: any access stops, by its name.</summary>
public sealed class UnmodelledBlock(string name, uint address) : IBusDevice
{
    public string Name { get; } = name;

    public uint Read(uint offset, int width) => throw new BenchStop($"{Name} read at 0x{address + offset:X8}: the block is not modelled");

    public void Write(uint offset, uint value, int width) => throw new BenchStop($"{Name}: 0x{value:X} written to 0x{address + offset:X8}: the block is not modelled");
}
