namespace SharpProbe.Sim.Chips.F7;

/// <summary>Option bytes: kept over every reset, loaded into the registers at each (RM0431 3.4).</summary>
public sealed partial class FlashF7
{
    /// <summary>Factory values with OPTLOCK set: no protection, software watchdogs, boot from flash on the ITCM bus or from system memory.</summary>
    private const uint Option0 = 0xC0FF_AAFD, Option1 = 0x0040_0080, Option2 = 0x8000_0000;

    private uint _option0 = Option0, _option1 = Option1, _option2 = Option2;

    /// <summary>Boot address with the BOOT pin low (BOOT_ADD0) or high (BOOT_ADD1), in units of 16 KB.</summary>
    public uint BootAddress(bool pin) => (pin ? _option1 >> 16 : _option1 & 0xFFFF) << 14;

    /// <summary>BOOT_ADD0 as a programmer would leave it.</summary>
    public void SetBootAddress(uint address)
    {
        if (address % 0x4000 != 0) throw new BenchStop($"BOOT_ADD0 counts in steps of 16 KB: 0x{address:X8} is none");
        _option1 = _option1 & 0xFFFF_0000 | address >> 14;
    }

    /// <summary>IWDG_SW = 0: the independent watchdog runs from reset on.</summary>
    public bool HardwareWatchdog => (_option0 & 1 << 5) == 0;

    private bool OptionsAreLocked => _optcr[0];

    private string? OptionsLocked() => OptionsAreLocked ? "OPTLOCK = 1" : null;

    private void LoadOptions() => (_optcr.Value, _optcr1.Value, _optcr2.Value) = (_option0, _option1, _option2);

    private void UnlockOptions(uint key)
    {
        if (_optionKey.Opens(key)) _optcr.Value &= ~1u;
    }

    private static void RefuseOptionKey(uint key) => throw new BenchStop($"FLASH.OPTKEYR: 0x{key:X8} is not the next key: FLASH_OPTCR stays locked until reset (RM0431 3.4.2)");

    private void WriteOptions(uint old, uint written)
    {
        if ((old & 1) != 0)
        {
            _optcr.Value = old;
            if ((written & ~3u) != (old & ~3u) || (written & 2) != 0) throw new BenchStop($"FLASH.OPTCR: 0x{written:X8} written while OPTLOCK = 1");
            return;
        }
        if ((written & 2) == 0) return;
        if (_optcr.Field(8, 8) != 0xAA) throw new BenchStop($"FLASH.OPTCR: RDP = 0x{_optcr.Field(8, 8):X2}: read protection is not modelled");
        _busy.Begin(EraseMilliseconds[16][0] * Millisecond, () => Finish(() =>
        {
            (_option0, _option1, _option2) = (_optcr.Value & ~2u | 1, _optcr1.Value, _optcr2.Value);
            _optcr.Value &= ~2u;
        }));
    }
}
