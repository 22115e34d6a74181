using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>
/// Access port 0 of series 0 and 1: the AHB-AP, or, while the debug lock word closes the part, the authentication access port (EFM32GG reference manual, "AAP"): CMD 0x00 (DEVICEERASE,
/// SYSRESETREQ) which CMDKEY 0x04 opens, STATUS 0x08 (ERASEBUSY), IDR 0xFC. The time after each reset in which an open part shows it too, 47 µs, is not modelled.
/// </summary>
/// <param name="open">The AHB-AP.</param>
/// <param name="idr">0x16E60001: series 0; 0x26E60011: series 1.</param>
/// <param name="isLocked">As the last reset found the debug lock word.</param>
/// <param name="catchUp">Brings the chip to the present time.</param>
/// <param name="erase">Erases the device; its argument is called at the end.</param>
/// <param name="reset">A system reset.</param>
public sealed class Aap(MemAp open, uint idr, Func<bool> isLocked, Action catchUp, Action<Action> erase, Action reset) : ApBlock
{
    private const uint Key = 0xCFAC_C118;

    private bool _open, _busy;

    public override bool Powered => open.Powered;

    public override void PowerOn()
    {
        open.PowerOn();
        _open = false;
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
        value = register switch { 0x08 => _busy ? 1u : 0, 0xFC => idr, _ => 0 };
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
        if (register == 0x04) _open = value == Key;
        if (register == 0x00 && _open && (value & 1) != 0 && !_busy)
        {
            _busy = true;
            erase(() => _busy = false);
        }
        if (register == 0x00 && _open && (value & 2) != 0) reset();
        return true;
    }
}
