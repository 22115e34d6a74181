namespace SharpProbe.Sim.Chips.Efm32;

/// <summary>Authentication access port (EFM32GG reference manual, "AAP"): CMD 0x00 (DEVICEERASE, SYSRESETREQ) which CMDKEY 0x04 opens, STATUS 0x08 (ERASEBUSY), IDR 0xFC.</summary>
/// <param name="idr">0x16E60001: series 0; 0x26E60011: series 1.</param>
/// <param name="erase">Erases the device; its argument is called at the end.</param>
/// <param name="reset">A system reset.</param>
public sealed class AapRegisters(uint idr, Action<Action> erase, Action reset)
{
    private const uint Key = 0xCFAC_C118;

    private bool _open, _busy;

    public void PowerOn() => _open = false;

    public uint Read(uint register) => register switch { 0x08 => _busy ? 1u : 0, 0xFC => idr, _ => 0 };

    public void Write(uint register, uint value)
    {
        if (register == 0x04) _open = value == Key;
        if (register != 0x00 || !_open) return;
        if ((value & 1) != 0 && !_busy)
        {
            _busy = true;
            erase(() => _busy = false);
        }
        if ((value & 2) != 0) reset();
    }
}
