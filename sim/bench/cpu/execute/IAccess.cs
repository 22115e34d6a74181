namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Width and extension of a load or store, as a type.</summary>
internal interface IAccess
{
    static abstract uint Load(Core c, uint address);
    static abstract void Store(Core c, uint address, uint value);
    static abstract int Width { get; }
    /// <summary>What a load does with the bytes read.</summary>
    static abstract uint Extend(uint value);
}
