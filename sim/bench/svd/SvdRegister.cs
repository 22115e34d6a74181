namespace SharpProbe.Sim.Svd;

/// <summary>A register as a vendor's SVD file describes it.</summary>
/// <param name="Fields">Bits that any field covers; all when there is no field.</param>
/// <param name="Writable">Bits that a field with write access covers.</param>
public readonly record struct SvdRegister(string Name, uint Offset, uint Reset, uint Fields, uint Writable);
