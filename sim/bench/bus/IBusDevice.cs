namespace SharpProbe.Sim;

/// <summary>A slave on the simulated bus. Offsets are relative to where it is mapped; width is 1, 2 or 4 bytes; values are right-aligned.</summary>
public interface IBusDevice
{
    string Name { get; }
    uint Read(uint offset, int width);
    void Write(uint offset, uint value, int width);
}
