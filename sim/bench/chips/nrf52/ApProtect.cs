namespace SharpProbe.Sim.Chips.Nrf52;

/// <summary>
/// What opens the access port of an nRF5340 or nRF9160 (Product Specifications, "CTRL-AP", "UICR"). nRF9160: UICR.APPROTECT and SECUREAPPROTECT all ones. nRF5340: both 0x50FA50FA, and the program has written the
/// debugger's keys, which are 0x50FA50FA after reset, to CTRLAP.APPROTECT.DISABLE and SECUREAPPROTECT.DISABLE. Or everything was erased through the CTRL-AP. Keys and that last until a reset by power, pin or watchdog.
/// The secure half alone is not modelled: both are open, or none. CTRLAP's other registers read as zero.
/// </summary>
public sealed class ApProtect : Peripheral
{
    private const uint Open = 0x50FA_50FA;

    private readonly Register? _key, _secureKey, _lock, _secureLock;
    private bool _wordsOpen, _erased;

    /// <param name="hasKeys">nRF5340.</param>
    public ApProtect(bool hasKeys) : base("CTRLAP")
    {
        HasKeys = hasKeys;
        if (!hasKeys) return;
        _lock = Add(new() { Name = "APPROTECT.LOCK", Offset = 0x540, ReadMask = 1, WriteMask = 0, OnWrite = (_, v) => _lock!.Value |= v & 1 });
        _key = Add(new() { Name = "APPROTECT.DISABLE", Offset = 0x544, OnWrite = (old, _) => { if (_lock.Value != 0) _key!.Value = old; } });
        _secureLock = Add(new() { Name = "SECUREAPPROTECT.LOCK", Offset = 0x548, ReadMask = 1, WriteMask = 0, OnWrite = (_, v) => _secureLock!.Value |= v & 1 });
        _secureKey = Add(new() { Name = "SECUREAPPROTECT.DISABLE", Offset = 0x54C, OnWrite = (old, _) => { if (_secureLock.Value != 0) _secureKey!.Value = old; } });
    }

    public bool HasKeys { get; }

    public uint DebuggerKey { get; set; } = Open;

    public uint SecureDebuggerKey { get; set; } = Open;

    public bool IsOpen => _erased || _wordsOpen && (!HasKeys || _key!.Value != 0 && _key.Value == DebuggerKey && _secureKey!.Value != 0 && _secureKey.Value == SecureDebuggerKey);

    /// <summary>The CTRL-AP has erased everything.</summary>
    public void Erased() => _erased = true;

    /// <summary>A reset.</summary>
    /// <param name="hard">By power, pin or watchdog.</param>
    /// <param name="word">UICR.APPROTECT.</param>
    /// <param name="secureWord">UICR.SECUREAPPROTECT.</param>
    public void Reset(bool hard, uint word, uint secureWord)
    {
        _wordsOpen = HasKeys ? word == Open && secureWord == Open : word == uint.MaxValue && secureWord == uint.MaxValue;
        if (!hard) return;
        base.Reset();
        (_erased, DebuggerKey, SecureDebuggerKey) = (false, Open, Open);
    }
}
