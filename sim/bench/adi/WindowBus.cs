namespace SharpProbe.Sim.Adi;

/// <summary>A bus of its own, behind an access port of its own, whose addresses are a window of the system's: the debug APB of the H7.</summary>
/// <param name="bus">The system's.</param>
/// <param name="address">Of the window as the access port has it.</param>
/// <param name="size">Bytes; all else is a bus error.</param>
/// <param name="systemAddress">Of the window as the system has it.</param>
public sealed class WindowBus(IDebugBus bus, uint address, uint size, uint systemAddress) : IDebugBus
{
    public bool Powered => bus.Powered;
    public bool Enabled => bus.Enabled;

    public bool Read(uint at, int width, out uint value, out ulong readyAt)
    {
        (value, readyAt) = (0, 0);
        return at - address < size && bus.Read(at - address + systemAddress, width, out value, out readyAt);
    }

    public bool Write(uint at, uint value, int width, out ulong readyAt)
    {
        readyAt = 0;
        return at - address < size && bus.Write(at - address + systemAddress, value, width, out readyAt);
    }
}
