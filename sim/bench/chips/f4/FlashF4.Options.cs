using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.F4;

/// <summary>Option bytes (RM0090 3.6): OPTCR, and on later parts OPTCR1 and OPTCR2, hold them, OPTSTRT stores all of them, a reset loads them.</summary>
public sealed partial class FlashF4
{
    private const uint OptLock = 1, OptStrt = 2, OneMegabyteDual = 1 << 30, NotDual = 1 << 29, BootFromBank2 = 1 << 4;
    private const ulong OptionTime = 250 * Millisecond;     // no manual has a figure: a small sector's

    private readonly uint[] _options;                       // stored

    public override bool HardwareWatchdog => (_options[0] & 1 << 5) == 0;

    /// <summary>
    /// As the last reset found it; a higher level holds as soon as it is stored (RM0090 3.6.3). AA is level 0, CC level 2, all else level 1.
    /// </summary>
    public override int ProtectionLevel => _level;

    private int _level;

    private static int LevelOf(uint options) => (options >> 8 & 0xFF) switch { 0xAA => 0, 0xCC => 2, _ => 1 };

    public uint Options => _options[0];

    /// <summary>Where the core starts with the BOOT pin low (BOOT_ADD0) or high (BOOT_ADD1): RM0385 2.4, units of 16 KB.</summary>
    public uint BootAddress(bool pin) => (pin ? _options[1] >> 16 : _options[1] & 0xFFFF) << 14;

    /// <summary>Stores an option register as the maker's programmer would; the next reset loads it.</summary>
    public void SetOption(int register, uint value) => _options[register] = value & ~(OptLock | OptStrt);

    /// <summary>A zero protects: a sector, those of a second bank by OPTCR1; where banks are an option, two sectors while there are two.</summary>
    private bool IsProtected(int sector)
    {
        int bit = _kind.Banks == FlashBanksF4.ByOption && IsDual ? sector / 2 : sector % 12;
        uint word = _kind.Banks == FlashBanksF4.BySize && sector >= 12 ? _options[1] : _options[0];
        return (word >> 16 + bit & 1) == 0;
    }

    private void LoadOptions()
    {
        for (int i = 1; i < _options.Length; i++) _optionRegisters[i].Value = _options[i];
        _optcr.Value = _options[0] | OptLock;
        _level = LevelOf(_options[0]);
        if (_kind.Banks == FlashBanksF4.BySize && (_options[0] & BootFromBank2) != 0) throw new BenchStop("FLASH.OPTCR: a start from the second bank (BFB2) is not modelled");
        Arrange();
    }

    /// <summary>Banks and sectors. What was stored in another arrangement cannot be found again.</summary>
    private void Arrange()
    {
        uint kilobytes = _array.Size / Kilo;
        bool dual = _kind.Banks switch
        {
            FlashBanksF4.BySize => kilobytes > 1024 || (_options[0] & OneMegabyteDual) != 0,
            FlashBanksF4.ByOption => (_options[0] & NotDual) == 0,
            _ => false,
        };
        uint bank = dual ? _array.Size / 2 : _array.Size, small = dual && _kind.Banks == FlashBanksF4.ByOption ? _kind.SmallSector / 2 : _kind.SmallSector;
        if (_bankSize != 0 && bank != _bankSize && _array.Span.ContainsAnyExcept((byte)0xFF)) new Random(22).NextBytes(_array.Span);
        _bankSize = bank;
        _sectors = [small, small, small, small, 4 * small, .. Enumerable.Repeat(8 * small, (int)(bank / Kilo / (8 * small)) - 1)];
    }

    private void UnlockOptions(uint key)
    {
        if (_optionKey.Opens(key, (_optcr.Value & OptLock) != 0)) _optcr.Value &= ~OptLock;
    }

    private void RefuseOptionKey(uint key)
    {
        _optcr.Value |= OptLock;
        FlashKey.BusError(0x4002_3C08);
    }

    private void WriteOptions(uint old, uint written)
    {
        _optcr.Value = old;
        if (Work.Busy) Work.Wait();
        if ((_optcr.Value & OptLock) != 0) return;
        _optcr.Value = written & _kind.Options[0].Mask;
        if ((written & OptStrt) != 0) Store();
    }

    /// <summary>Level 2 is for ever. From level 1 to level 0 the main flash is erased first.</summary>
    private void Store()
    {
        uint next = _optcr.Value & ~(OptLock | OptStrt);
        if (LevelOf(_options[0]) == 2)
        {
            _optcr.Value &= ~OptStrt;
            return;
        }
        bool opens = LevelOf(_options[0]) == 1 && LevelOf(next) == 0;
        if (opens) _array.Span.Fill(0xFF);
        _options[0] = next;
        for (int i = 1; i < _options.Length; i++) _options[i] = _optionRegisters[i].Value;
        _level = Math.Max(_level, LevelOf(next) == 2 ? 1 : LevelOf(next));
        StoreOptionBytes();
        ulong duration = OptionTime + (opens ? MassEraseTime(2, _bankSize) : 0);
        Work.Begin(_array, 0, _array.Size, (0, 0), Die.Time.Now, duration, () => _optcr.Value &= ~OptStrt);
        RaiseChanged();
    }

    /// <summary>USER and RDP in the first half-word, write protection in the third (RM0090 table "Option byte organization"); the bits that OPTCR lacks read as ones.</summary>
    private void StoreOptionBytes()
    {
        if (_optionBytes is null) return;
        var bytes = _optionBytes.Span;
        bytes.Fill(0xFF);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(_options[0] & 0xFFEF | 0x13));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], (ushort)(_options[0] >> 16 | 0xF000));
        _optionBytes.ContentsChanged();
    }
}
