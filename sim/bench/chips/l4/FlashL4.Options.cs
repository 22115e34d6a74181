namespace SharpProbe.Sim.Chips.L4;

/// <summary>
/// Option bytes (RM0351 3.4): the registers show what the next OPTSTRT stores; what is stored counts from OBL_LAUNCH or a power-on reset on.
/// </summary>
public sealed partial class FlashL4
{
    // No figure in the datasheet: that of a page, erased and programmed again.
    private const ulong OptionTime = 25_000_000_000_000;

    private readonly uint[] _stored;
    private readonly Register[] _optionRegisters;
    private uint[] _loaded;

    public override bool HardwareWatchdog => (_loaded[0] & 1 << 16) == 0;

    public override int ProtectionLevel => LevelOf(_loaded[0]);

    private static int LevelOf(uint optr) => (optr & 0xFF) switch { 0xAA => 0, 0xCC => 2, _ => 1 };

    /// <summary>SRAM2 and the backup registers go with the main flash when the protection is taken off.</summary>
    public event Action? Opened;

    /// <summary>Loads what is stored: power-on and OBL_LAUNCH. PCROP is not modelled.</summary>
    public void LoadOptions()
    {
        _loaded = [.. _stored];
        RestoreOptionRegisters(_loaded);
        Arrange();
        if (Kind.Trusts && (_loaded[0] >> 31 == 0 || (_loaded[0] & 0xFF) == 0x55)) throw new BenchStop($"FLASH.OPTR = 0x{_loaded[0]:X8}: TrustZone switched off, and protection level 0.5, are not modelled");
        for (int i = 0; i < Kind.Options.Length; i++)
            if (Kind.Options[i].Name is var name && name.StartsWith("PCROP", StringComparison.Ordinal) && name.EndsWith("SR", StringComparison.Ordinal) && (_loaded[i] & Kind.Options[i].Mask) < (_loaded[i + 1] & Kind.Options[i].Mask))
                throw new BenchStop($"FLASH.{name}: an area that cannot be read (PCROP) is not modelled");
        RaiseChanged();
    }

    /// <summary>Banks and pages. What was stored in another arrangement cannot be found again.</summary>
    private void Arrange()
    {
        bool two = Kind.TwoBanks && (Kind.DualBankBit is not { } bit || (_loaded[0] >> bit & 1) != 0);
        uint bank = two ? _array.Size / 2 : _array.Size;
        if (_bankSize != 0 && bank != _bankSize && _array.Span.ContainsAnyExcept((byte)0xFF)) new Random(22).NextBytes(_array.Span);
        (_bankSize, _pageSize) = (bank, Kind.TwoBanks && !two ? Kind.PageSize * 2 : Kind.PageSize);
    }

    /// <summary>Offset of what is a second core's.</summary>
    private uint SecureStart => Kind.SecurePage is { } page ? page * _pageSize : _array.Size;

    /// <summary>Whether an offset in the flash is closed to debuggers of the first core, whatever the protection level.</summary>
    public bool IsSecure(uint offset) => offset >= SecureStart;

    /// <summary>One as it was loaded.</summary>
    public uint Option(string name) => _loaded[System.Array.FindIndex(Kind.Options, row => row.Name == name)];

    /// <summary>An option register as a programmer of the maker would set it; it counts from the next loading on.</summary>
    public void SetOption(string name, uint value) => _stored[System.Array.FindIndex(Kind.Options, row => row.Name == name)] = value;

    private void AddOptionRegisters()
    {
        for (int i = 0; i < Kind.Options.Length; i++)
        {
            var (name, offset, mask, factory) = Kind.Options[i];
            int n = i;
            _optionRegisters[i] = Add(new() { Name = name, Offset = offset, Reset = factory, WriteMask = mask, Widths = 7, OnWrite = (old, _) => { if ((_open.Cr.Value & OptLock) != 0) _optionRegisters[n].Value = old; } });
        }
    }

    private uint[] SaveOptionRegisters() => [.. _loaded];

    private void RestoreOptionRegisters(uint[] values)
    {
        for (int i = 0; i < values.Length; i++) _optionRegisters[i].Value = values[i];
    }

    private void UnlockOptions(uint key)
    {
        if (_optionKey.Opens(key, (_open.Cr.Value & (Lock | OptLock)) == OptLock)) _open.Cr.Value &= ~OptLock;
    }

    private void RefuseOptionKey(uint key)
    {
        _open.Cr.Value |= OptLock;
        FlashKey.BusError(Kind.Base + Kind.OptKeyr);
    }

    /// <summary>Level 2 is for ever. From level 1 to level 0 main flash and SRAM2 are erased (RM0351 3.5.1).</summary>
    private void StoreOptions()
    {
        uint[] next = [.. _optionRegisters.Select(r => r.Value)];
        bool frozen = LevelOf(_loaded[0]) == 2, opens = LevelOf(_loaded[0]) == 1 && LevelOf(next[0]) == 0;
        if (!frozen) next.CopyTo(_stored, 0);
        if (opens)
        {
            _array.Span.Fill(0xFF);
            Opened?.Invoke();
        }
        Work.Begin(_array, 0, _array.Size, (0, 0), Die.Time.Now, OptionTime + (opens ? Kind.MassEraseTime : 0), End);
    }

    /// <summary>Two areas in a bank, from their first page to their last; where two banks are one, all four are areas of it.</summary>
    private bool IsProtected(uint offset)
    {
        if (IsSecure(offset)) return true;
        uint page = offset % _bankSize / _pageSize;
        string bank = _bankSize == _array.Size ? "WRP" : offset < _bankSize ? "WRP1" : "WRP2";
        for (int i = 0; i < Kind.Options.Length; i++)
            if (Kind.Options[i].Name.StartsWith(bank, StringComparison.Ordinal) && Covers(_loaded[i] & Kind.Options[i].Mask)) return true;
        return false;
        bool Covers(uint area) => page >= (area & 0xFF) && page <= (area >> 16 & 0xFF);
    }

    private bool AnyProtected(uint offset, uint size)
    {
        for (uint at = offset; at < offset + size; at += _pageSize)
            if (IsProtected(at) || IsOthers(at)) return true;
        return false;
    }
}
