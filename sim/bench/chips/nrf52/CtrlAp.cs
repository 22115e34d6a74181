using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// Nordic's control access port (nRF52832 Product Specification, "CTRL-AP"): the way in that APPROTECT leaves open. RESET 0x00, ERASEALL 0x04, ERASEALLSTATUS 0x08 (1: busy),
/// APPROTECTSTATUS 0x0C (0: protected), IDR 0xFC.
/// </summary>
/// <param name="power">The chip has power.</param>
/// <param name="status">APPROTECTSTATUS: as the last reset found the words of UICR.</param>
/// <param name="catchUp">Brings the chip to the present time.</param>
/// <param name="reset">True: the system is held in reset.</param>
/// <param name="eraseAll">Erases flash, UICR and RAM; its argument is called at the end.</param>
/// <param name="idr">The nRF52's.</param>
public class CtrlAp(Func<bool> power, Func<uint> status, Action catchUp, Action<bool> reset, Action<Action> eraseAll, uint idr = 0x0288_0000) : ApBlock
{
    private bool _reset, _task, _busy;

    public override bool Powered => power();

    public override void PowerOn() => (_reset, _task, _busy) = (false, false, false);

    internal override bool Read(int register, ulong now, out uint value)
    {
        catchUp();
        value = register switch
        {
            0x00 => _reset ? 1u : 0,
            0x04 => _task ? 1u : 0,
            0x08 => _busy ? 1u : 0,
            0x0C => status(),
            0xFC => idr,
            _ => 0,
        };
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        catchUp();
        bool set = (value & 1) != 0;
        if (register == 0x00 && set != _reset) reset(_reset = set);
        if (register == 0x04)
        {
            if (set && !_task && !_busy)
            {
                _busy = true;
                eraseAll(() => _busy = false);
            }
            _task = set;
        }
        return true;
    }
}
