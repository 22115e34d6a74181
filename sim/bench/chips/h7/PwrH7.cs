namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// Power control of STM32H743 and H750 (RM0433 chapter 6): supply configuration that can be written once, voltage scaling, backup domain protection. Low-power
/// modes, voltage detectors and monitoring are not modelled.
/// </summary>
public sealed class PwrH7 : Peripheral
{
    /// <summary>Regulator settling; DS12110 gives no figure, the order is tens of microseconds.</summary>
    private const ulong Settling = 20 * TimeBase.Second / 1_000_000;
    private const uint SupplyMask = 7;

    private readonly TimeBase _time;
    private readonly Register _cr1, _cr3, _d3cr;
    private TimeBase.Event? _step;
    private bool _supplyWritten, _vosReady = true;
    private uint _active = 1;

    public PwrH7(Die die) : base("PWR")
    {
        _time = die.Time;
        _cr1 = Add(new() { Name = "CR1", Offset = 0x00, Reset = 0xF000_C000, ReadMask = 0xF007_C3F1, WriteMask = 0x0007_C3F1, Widths = 7, Unmodelled = [new("PVDE", 1 << 4), new("AVDEN", 1 << 16)] });
        Add(new() { Name = "CSR1", Offset = 0x04, ReadMask = 0x1_E010, WriteMask = 0, Widths = 7, OnRead = () => _active << 14 | (_supplyWritten ? 1u << 13 : 0) });
        Add(new() { Name = "CR2", Offset = 0x08, ReadMask = 0x00F1_0011, WriteMask = 0x11, Widths = 7, Unmodelled = [new("BREN", 1), new("MONEN", 1 << 4)] });
        _cr3 = Add(new() { Name = "CR3", Offset = 0x0C, Reset = 0x06, ReadMask = 0x0700_0307, WriteMask = 0x0300_0307, Widths = 7, OnRead = () => _cr3!.Value | (_cr3[24] ? 1u << 26 : 0), OnWrite = (old, _) => WriteSupply(old) });
        Add(new() { Name = "CPUCR", Offset = 0x10, ReadMask = 0xBE7, WriteMask = 0xA07, Widths = 7, Unmodelled = [new("PDDS", 7)] });
        _d3cr = Add(new() { Name = "D3CR", Offset = 0x18, Reset = 0x4000, ReadMask = 0xE000, WriteMask = 0xC000, Widths = 7, OnRead = () => _d3cr!.Value | (_vosReady ? 1u << 13 : 0), OnWrite = (old, _) => WriteVos(old) });
        Add(new() { Name = "WKUPCR", Offset = 0x20, ReadMask = 0x3F, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        Add(new() { Name = "WKUPFR", Offset = 0x24, ReadMask = 0x3F, WriteMask = 0, Widths = 7 });
        Add(new() { Name = "WKUPEPR", Offset = 0x28, ReadMask = 0x0FFF_3F3F, WriteMask = 0x0FFF_3F3F, Widths = 7, Unmodelled = [new("WKUPEN", 0x3F)] });
    }

    /// <summary>The active voltage scale changed.</summary>
    public event Action? Changed;

    /// <summary>SYSCFG_PWRCR.ODEN: with scale 1 it gives scale 0.</summary>
    public Func<bool> Overdrive { get; set; } = () => false;

    /// <summary>0 to 3; the lowest that is certain while it changes.</summary>
    public int Scale => _active == 3 ? (Overdrive() ? 0 : 1) : 4 - (int)_active;

    /// <summary>Why the USB transceivers have no supply, or null: the detector of VDD33USB lets it through (RM0433 6.4.3, PWR_CR3).</summary>
    public string? UsbSupplyMissing => _cr3[24] ? null : "PWR_CR3.USB33DEN = 0: the supply VDD33USB is not taken for valid";

    public bool BackupUnlocked => _cr1[8];

    /// <summary>System reset: the supply configuration stays as it was written (RM0433 PWR_CR3).</summary>
    public override void Reset()
    {
        uint supply = _cr3.Value & SupplyMask;
        base.Reset();
        if (_supplyWritten) _cr3.Value = _cr3.Value & ~SupplyMask | supply;
        _step?.Cancel();
        (_active, _vosReady) = (1, true);
        Changed?.Invoke();
    }

    /// <summary>Power-on: the supply may be configured again.</summary>
    public void ResetSupply() => (_supplyWritten, _cr3.Value) = (false, _cr3.Reset);

    private void WriteSupply(uint old)
    {
        if (_supplyWritten)
        {
            if (((old ^ _cr3.Value) & SupplyMask) != 0) throw new BenchStop($"PWR.CR3: supply bits written again (0x{old & SupplyMask:X} to 0x{_cr3.Value & SupplyMask:X}): the first write after power-on counts");
            return;
        }
        bool bypass = _cr3[0], ldo = _cr3[1];
        if (bypass) throw new BenchStop("PWR.CR3: BYPASS set, but the boards supply the core from the LDO");
        if (!ldo) throw new BenchStop("PWR.CR3: LDOEN cleared: the core is without supply");
        _supplyWritten = true;
    }

    private void WriteVos(uint old)
    {
        if (_d3cr.Field(14, 2) == 0) throw new BenchStop("PWR.D3CR: VOS = 0 is reserved");
        if (_d3cr.Value == old) return;
        if (!_supplyWritten) throw new BenchStop("PWR.D3CR: VOS changed before the supply was configured in PWR_CR3 (ACTVOSRDY = 0)");
        uint wanted = _d3cr.Field(14, 2);
        _vosReady = false;
        _active = Math.Min(_active, wanted);
        _step?.Cancel();
        _step = _time.After(Settling, () =>
        {
            (_active, _vosReady) = (wanted, true);
            Changed?.Invoke();
        });
        Changed?.Invoke();
    }
}
