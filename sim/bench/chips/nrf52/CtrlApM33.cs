namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// That of the nRF5340 and nRF9160 (Product Specifications, "CTRL-AP"). nRF9160: APPROTECTSTATUS has bits 0 and 1; nRF5340: the debugger's side of APPROTECT.DISABLE 0x010 and
/// SECUREAPPROTECT.DISABLE 0x014. Erase protection and mailbox read as unused.
/// </summary>
/// <param name="power">The chip has power.</param>
/// <param name="protection">Keys and state.</param>
/// <param name="catchUp">Brings the chip to the present time.</param>
/// <param name="reset">True: the system is held in reset, a soft one.</param>
/// <param name="eraseAll">Erases flash, UICR and RAM; its argument is called at the end.</param>
public sealed class CtrlApM33(Func<bool> power, ApProtect protection, Action catchUp, Action<bool> reset, Action<Action> eraseAll)
    : CtrlAp(power, () => protection.HasKeys || !protection.IsOpen ? 0u : 3, catchUp, reset, eraseAll, 0x1288_0000)
{
    internal override bool Read(int register, ulong now, out uint value)
    {
        base.Read(register, now, out value);
        if (protection.HasKeys && register is (0x10 or 0x14)) value = register == 0x10 ? protection.DebuggerKey : protection.SecureDebuggerKey;
        return true;
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        base.Write(register, value, now);
        if (register == 0x10) protection.DebuggerKey = value;
        if (register == 0x14) protection.SecureDebuggerKey = value;
        return true;
    }
}
