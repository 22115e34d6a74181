using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>
/// Access port 0 of series 0 and 1: the AHB-AP, or, while the debug lock word closes the part, the authentication access port. The time after each reset in which an open part shows it too, 47 µs, is not
/// modelled. Parts with a Cortex-M0+ keep their AHB-AP and show the registers at 0xF0E00000, alone (EFM32HG reference manual, "AAP").
/// </summary>
/// <param name="open">The AHB-AP.</param>
/// <param name="locked">What stands in its place.</param>
/// <param name="isLocked">As the last reset found the debug lock word.</param>
/// <param name="catchUp">Brings the chip to the present time.</param>
public sealed class Aap(MemAp open, AapRegisters locked, Func<bool> isLocked, Action catchUp) : ApBlock
{
    public override bool Powered => open.Powered;

    public override void PowerOn()
    {
        open.PowerOn();
        locked.PowerOn();
    }

    internal override bool IsMemory(int register) => !isLocked() && open.IsMemory(register);

    internal override uint AddressOf(int register) => open.AddressOf(register);

    internal override bool Read(int register, ulong now, out uint value)
    {
        catchUp();
        open.Found = Found;
        if (!isLocked())
        {
            bool done = open.Read(register, now, out value);
            ReadyAt = open.ReadyAt;
            return done;
        }
        value = locked.Read((uint)register);
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        catchUp();
        open.Found = Found;
        if (!isLocked())
        {
            bool done = open.Write(register, value, now);
            ReadyAt = open.ReadyAt;
            return done;
        }
        locked.Write((uint)register, value);
        return true;
    }
}
