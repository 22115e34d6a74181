namespace SharpProbe.Sim.Chips.H7;

/// <summary>Option bytes: xxx_CUR shows what is in force, xxx_PRG what OPTSTART will program (RM0433 4.4).</summary>
public sealed partial class FlashH7
{
    private const ulong ProgramTime = TimeBase.Second / 100;
    private const uint StatusMask = 0xA03E_FFDC;

    private OptionBytesH7 _options = OptionBytesH7.Factory;
    private Register _optcr = null!, _statusPrg = null!, _bootPrg = null!;
    private readonly Register[] _protectedPrg = new Register[2], _securedPrg = new Register[2], _writePrg = new Register[2];
    private TimeBase.Event? _programming;
    private uint _changeError;
    private FlashKey _optionKey = null!;

    /// <summary>Boot address with the BOOT pin low or high.</summary>
    public uint BootAddress(bool pin) => pin ? _options.Boot & 0xFFFF_0000 : _options.Boot << 16;

    /// <summary>BOOT_CM7_ADD0 as a programmer would leave it.</summary>
    public void SetBootAddress(uint address)
    {
        if ((address & 0xFFFF) != 0) throw new BenchStop($"BOOT_ADD0 counts in steps of 64 KB: 0x{address:X8} is none");
        _options = _options with { Boot = _options.Boot & 0xFFFF_0000 | address >> 16 };
    }

    /// <summary>IWDG1_SW = 0: the independent watchdog runs from reset on.</summary>
    public override bool HardwareWatchdog => (_options.Status & 1 << 4) == 0;

    /// <summary>Option bytes as SYSCFG_URn mirrors them; the parts that the bench keeps.</summary>
    public uint UserRegister(int n) => n switch
    {
        2 => _options.Boot << 16 | 3,
        3 => _options.Boot >> 16,
        4 => _options.Status >> 8 & 0xFF,
        _ => 0,
    };

    public override int ProtectionLevel => LevelOf(_options.Status);

    private static int LevelOf(uint status) => (status >> 8 & 0xFF) switch { 0xAA => 0, 0xCC => 2, _ => 1 };

    /// <summary>OPTSR as a programmer of the maker would leave it.</summary>
    public void SetStatusOptions(uint optsr) => _options = _options with { Status = optsr & StatusMask };

    private void AddOptions()
    {
        _optionKey = FlashKey.Options(RefuseOptionKey);
        Shared(new() { Name = "OPTKEYR", Offset = 0x08, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => UnlockOptions(key) });
        _optcr = Shared(new()
        {
            Name = "OPTCR", Offset = 0x18, Reset = 1, ReadMask = 0xC000_0013, WriteMask = 0x4000_0013,
            Unmodelled = _strict ? [new("MER", 1 << 4)] : [], OnWrite = WriteOptcr,
        });
        Shared(new() { Name = "OPTSR_CUR", Offset = 0x1C, ReadMask = 0xE03E_FFDD, WriteMask = 0, OnRead = () => _options.Status | (_programming is not null ? 1u : 0) | _changeError });
        _statusPrg = Shared(Prg("OPTSR_PRG", 0x20, StatusMask));
        Shared(new() { Name = "OPTCCR", Offset = 0x24, ReadMask = 0, WriteMask = 0, OnWrite = (_, written) => _changeError &= ~written });
        for (int i = 0; i < 2; i++) AddBankOptions(i);
        Shared(new() { Name = "BOOT_CURR", Offset = 0x40, WriteMask = 0, OnRead = () => _options.Boot });
        _bootPrg = Shared(Prg("BOOT_PRGR", 0x44, ~0u));
    }

    private void AddBankOptions(int i)
    {
        uint at = 0x100 * (uint)i, area = 0x8FFF_0FFF;
        int n = i + 1;
        Add(new() { Name = $"PRAR_CUR{n}", Offset = at + 0x28, ReadMask = area, WriteMask = 0, OnRead = () => n == 1 ? _options.Protected1 : _options.Protected2 });
        _protectedPrg[i] = Add(Prg($"PRAR_PRG{n}", at + 0x2C, area));
        Add(new() { Name = $"SCAR_CUR{n}", Offset = at + 0x30, ReadMask = area, WriteMask = 0, OnRead = () => n == 1 ? _options.Secured1 : _options.Secured2 });
        _securedPrg[i] = Add(Prg($"SCAR_PRG{n}", at + 0x34, area));
        Add(new() { Name = $"WPSN_CUR{n}R", Offset = at + 0x38, ReadMask = _kind.ProtectionMask, WriteMask = 0, OnRead = () => n == 1 ? _options.WriteProtection1 : _options.WriteProtection2 });
        _writePrg[i] = Add(Prg($"WPSN_PRG{n}R", at + 0x3C, _kind.ProtectionMask));
    }

    private Register Prg(string name, uint offset, uint mask) => new()
    {
        Name = name, Offset = offset, ReadMask = mask, WriteMask = mask, LockMask = _strict ? ~0u : 0, LockedBy = () => _optcr[0] ? "OPTLOCK = 1" : null,
        OnWrite = _strict ? null : (old, _) => { if (_optcr[0]) Registers.First(r => r.Offset == offset).Value = old; },
    };

    private void ResetOptions()
    {
        _programming?.Cancel();
        (_programming, _changeError) = (null, 0);
        _optionKey.Reset();
        (_statusPrg.Value, _bootPrg.Value) = (_options.Status, _options.Boot);
        (_protectedPrg[0].Value, _securedPrg[0].Value, _writePrg[0].Value) = (_options.Protected1, _options.Secured1, _options.WriteProtection1);
        (_protectedPrg[1].Value, _securedPrg[1].Value, _writePrg[1].Value) = (_options.Protected2, _options.Secured2, _options.WriteProtection2);
    }

    private void UnlockOptions(uint key)
    {
        if (_optionKey.Opens(key, _strict || _optcr[0])) _optcr.Value &= ~1u;
    }

    private void RefuseOptionKey(uint key)
    {
        if (_strict) throw new BenchStop($"FLASH.OPTKEYR: 0x{key:X8} is not the next key: FLASH_OPTCR stays locked until reset (RM0433 4.5.1)");
        _optcr.Value |= 1;
        FlashKey.BusError(0x5200_2008);
    }

    private void WriteOptcr(uint old, uint written)
    {
        if ((old & 1) != 0)
        {
            _optcr.Value = old;
            if (_strict && (written & 0x4000_0012) != (old & 0x4000_0012)) throw new BenchStop($"FLASH.OPTCR: 0x{written:X8} written while OPTLOCK = 1");
            return;
        }
        if ((written & 0x10) != 0 && !_strict)
        {
            // MER: both banks at the same time (RM0433 4.3.10).
            _optcr.Value &= ~0x10u;
            EraseBanks();
        }
        if ((written & 2) == 0) return;
        _optcr.Value &= ~2u;
        if (_strict && _statusPrg.Field(8, 8) != 0xAA) throw new BenchStop($"FLASH.OPTSR_PRG: RDP = 0x{_statusPrg.Field(8, 8):X2}: read protection is not modelled");
        if (_statusPrg[31] || _statusPrg[21]) throw new BenchStop("FLASH.OPTSR_PRG: SWAP_BANK_OPT and SECURITY are not modelled");
        int level = LevelOf(_options.Status), next = LevelOf(_statusPrg.Value);
        if (level == 2 || next < level && next != 0)
        {
            _changeError = 1 << 30;
            return;
        }
        bool opens = level == 1 && next == 0;
        if (opens) EraseBanks();
        _programming = Die.Time.After(ProgramTime + (opens ? _kind.BankEraseTime((int)(Banks[0].Memory!.Size / _kind.SectorSize), _kind.HasParallelism ? 3u : 0) : 0), () =>
        {
            _programming = null;
            _options = new(_statusPrg.Value, _bootPrg.Value, _protectedPrg[0].Value, _securedPrg[0].Value, _writePrg[0].Value, _protectedPrg[1].Value, _securedPrg[1].Value, _writePrg[1].Value);
            RaiseChanged();
        });
    }

    private void EraseBanks()
    {
        foreach (var bank in Banks)
            if (bank.Memory is not null) bank.EraseBank();
    }
}
