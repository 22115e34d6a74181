using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.L0;

/// <summary>Option bytes (RM0376 3.4, RM0038 3.7): half-words in words with their complement; a power-on reset and OBL_LAUNCH load them.</summary>
public sealed partial class FlashL0
{
    private const int Rdp = 0, User = 1, Protection = 2;

    private uint _option = 0x00AA;
    private ulong _protected;
    private ushort _user;

    public override bool HardwareWatchdog => (_user >> _kind.WatchdogBit & 1) == 0;

    /// <summary>As it was loaded: AA is level 0, CC level 2.</summary>
    public override int ProtectionLevel => LevelOf(_option);

    private static int LevelOf(uint rdp) => (rdp & 0xFF) switch { 0xAA => 0, 0xCC => 2, _ => 1 };

    /// <summary>An option half-word as a programmer of the maker would set it; it counts from the next loading on.</summary>
    public void SetOption(int index, ushort value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_options.Span[(index * 4)..], (uint)(ushort)~value << 16 | value);
        _options.ContentsChanged();
    }

    /// <summary>A half-word whose complement does not fit counts as protected: level 1, no write protection.</summary>
    public void LoadOptions()
    {
        _option = Stored(Rdp, 0);
        _user = (ushort)Stored(User, _kind.UserOption);
        _protected = 0;
        for (int i = 0; i < _kind.ProtectionWords; i++) _protected |= (ulong)Stored(Protection + i, 0) << 16 * i;
        RaiseChanged();
    }

    private void FactoryOptions()
    {
        SetOption(Rdp, 0x00AA);
        SetOption(User, (ushort)_kind.UserOption);
        for (int i = 0; i < Math.Max(3, _kind.ProtectionWords); i++) SetOption(Protection + i, 0);
        LoadOptions();
    }

    private uint Stored(int index, uint otherwise)
    {
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(_options.Span[(index * 4)..]);
        if ((word >> 16 ^ word & 0xFFFF) == 0xFFFF) return word & 0xFFFF;
        if (_sr is not null) _sr.Value |= OptVErr;
        return otherwise;
    }

    private void AddOptionRegisters()
    {
        Add(new() { Name = _kind.OptionRegister, Offset = 0x1C, WriteMask = 0, Widths = 7, OnRead = () => (uint)_user << 16 | _option & 0x1FF, OnWrite = (_, _) => { } });
        Add(new() { Name = _kind.Checks ? "WRPROT1" : "WRPR1", Offset = 0x20, WriteMask = 0, Widths = 7, OnRead = () => (uint)_protected, OnWrite = (_, _) => { } });
        if (_kind.ProtectionWords > 2) Add(new() { Name = "WRPR2", Offset = 0x80, WriteMask = 0, Widths = 7, OnRead = () => (uint)(_protected >> 32), OnWrite = (_, _) => { } });
    }

    private bool IsProtected(uint offset) => offset / SectorSize < 64 && (_protected >> (int)(offset / SectorSize) & 1) != 0;

    /// <summary>A word at a time, erased by itself. Level 2 is for ever; going back from level 1 to level 0 erases flash and EEPROM first (RM0376 3.4.4).</summary>
    private void ProgramOption(uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        if ((_pecr.Value & OptLock) != 0 || LevelOf(_option) == 2) Refuse(WrpErr);
        else if (width != 4) Refuse(SizErr);
        else
        {
            bool opens = offset == 0 && LevelOf(_option) == 1 && LevelOf(value) == 0;
            if (opens)
            {
                _array.Span.Clear();
                _eeprom.Span.Clear();
                _array.ContentsChanged();
            }
            BinaryPrimitives.WriteUInt32LittleEndian(_options.Span[(int)offset..], (_pecr.Value & Erase) != 0 ? 0 : value);
            Begin(_options, offset, 4, start, opens ? 4 * _kind.Time : 2 * _kind.Time);
        }
    }
}
