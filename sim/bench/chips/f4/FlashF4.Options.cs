using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.F4;

/// <summary>Option bytes (RM0090 3.6): OPTCR holds them, OPTSTRT stores all of them, a reset loads them.</summary>
public sealed partial class FlashF4
{
    private const uint OptLock = 1, OptStrt = 2, FactoryOptions = 0x0FFF_AAED;
    private const ulong OptionTime = 250 * Millisecond;     // no manual has a figure: a small sector's

    private uint _options = FactoryOptions & ~(OptLock | OptStrt);

    public override bool HardwareWatchdog => (_options & 1 << 5) == 0;

    /// <summary>
    /// As the last reset found it; a higher level holds as soon as it is stored (RM0090 3.6.3). AA is level 0, CC level 2, all else level 1.
    /// </summary>
    public override int ProtectionLevel => _level;

    private int _level;

    private static int LevelOf(uint options) => (options >> 8 & 0xFF) switch { 0xAA => 0, 0xCC => 2, _ => 1 };

    public uint Options => _options;

    private bool IsProtected(int sector) => (_options >> 16 + sector & 1) == 0;

    private void LoadOptions()
    {
        _optcr.Value = _options | OptLock;
        _level = LevelOf(_options);
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
        _optcr.Value = written & 0x0FFF_FFEF;
        if ((written & OptStrt) != 0) Store();
    }

    /// <summary>Level 2 is for ever. From level 1 to level 0 the main flash is erased first.</summary>
    private void Store()
    {
        uint next = _optcr.Value & ~(OptLock | OptStrt);
        if (LevelOf(_options) == 2)
        {
            _optcr.Value &= ~OptStrt;
            return;
        }
        bool opens = LevelOf(_options) == 1 && LevelOf(next) == 0;
        if (opens) _array.Span.Fill(0xFF);
        _options = next;
        _level = Math.Max(_level, LevelOf(next) == 2 ? 1 : LevelOf(next));
        StoreOptionBytes();
        ulong duration = OptionTime + (opens ? MassEraseTime(2) : 0);
        Work.Begin(_array, 0, _array.Size, (0, 0), Die.Time.Now, duration, () => _optcr.Value &= ~OptStrt);
        RaiseChanged();
    }

    /// <summary>USER and RDP in the first half-word, write protection in the third (RM0090 table "Option byte organization"); the bits that OPTCR lacks read as ones.</summary>
    private void StoreOptionBytes()
    {
        var bytes = _optionBytes.Span;
        bytes.Fill(0xFF);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(_options & 0xFFEF | 0x13));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], (ushort)(_options >> 16 | 0xF000));
        _optionBytes.ContentsChanged();
    }
}
