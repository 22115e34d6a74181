namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>The authentication access port's registers as memory, for as long as the part is locked: else they read as zero.</summary>
public sealed class AapOnBus(AapRegisters registers, Func<bool> isLocked) : IBusDevice
{
    public string Name => "AAP";

    public uint Read(uint offset, int width) => isLocked() && width == 4 ? registers.Read(offset) : 0;

    public void Write(uint offset, uint value, int width)
    {
        if (isLocked() && width == 4) registers.Write(offset, value);
    }
}
