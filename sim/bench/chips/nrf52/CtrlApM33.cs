using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// Control access port of the nRF5340 and nRF9160 (Product Specifications, "CTRL-AP"): RESET 0x000, ERASEALL 0x004, ERASEALLSTATUS 0x008 (1: busy), nRF9160: APPROTECTSTATUS 0x00C (bits 0 and 1, 0: protected),
/// nRF5340: the debugger's side of APPROTECT.DISABLE 0x010 and SECUREAPPROTECT.DISABLE 0x014, IDR 0x0FC. Erase protection and mailbox read as unused.
/// </summary>
/// <param name="power">The chip has power.</param>
/// <param name="protection">Keys and state.</param>
/// <param name="catchUp">Brings the chip to the present time.</param>
/// <param name="reset">True: the system is held in reset, a soft one.</param>
/// <param name="eraseAll">Erases flash, UICR and RAM; its argument is called at the end.</param>
public sealed class CtrlApM33(Func<bool> power, ApProtect protection, Action catchUp, Action<bool> reset, Action<Action> eraseAll) : ApBlock
{
    private const uint Idr = 0x1288_0000;

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
            0x0C => protection.HasKeys || !protection.IsOpen ? 0u : 3,
            0x10 => protection.HasKeys ? protection.DebuggerKey : 0,
            0x14 => protection.HasKeys ? protection.SecureDebuggerKey : 0,
            0xFC => Idr,
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
        if (register == 0x10) protection.DebuggerKey = value;
        if (register == 0x14) protection.SecureDebuggerKey = value;
        return true;
    }
}
