namespace SharpProbe.Sim.Chips;

/// <summary>A block that the chip has and the bench does not model: touching it stops the bench by the block's name, as no bus fault would.</summary>
/// <param name="quiet">Reads give zero; only writes stop.</param>
public sealed class UnmodelledBlock(string name, bool quiet = false) : IBusDevice
{
    public string Name { get; } = name;

    public uint Read(uint offset, int width) => quiet ? 0u : throw new BenchStop($"{Name}: offset 0x{offset:X} read, but the whole block is not modelled");

    public void Write(uint offset, uint value, int width) =>
        throw new BenchStop($"{Name}: 0x{value:X} written to offset 0x{offset:X}, but the whole block is not modelled");
}
