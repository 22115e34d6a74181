using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.F1;

/// <summary>Option bytes (PM0075 2.5 and 2.6, RM0091 4): each byte with its complement; loaded at reset.</summary>
public sealed partial class FlashF1
{
    private const byte ForEver = 0xCC;

    private byte Unprotected => _kind.OpenKey;

    /// <summary>FLASH_USD.FAP_HL of AT32.</summary>
    private const uint HighLevel = 1 << 26;

    private uint _obr, _wrpr;
    private bool _massErasePending;

    /// <summary>RDP, USER, Data0, Data1, WRP0 to WRP3, each followed by its complement, as a new part has them.</summary>
    private static ReadOnlySpan<byte> FactoryOptions => [0xA5, 0x5A, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00];

    /// <summary>OBR.RDPRT as the last reset found it: a debugger may not touch the main flash.</summary>
    public bool ReadProtected => (_obr & 2) != 0;

    /// <summary>USER.WDG_SW = 0: the independent watchdog runs from reset on.</summary>
    public override bool HardwareWatchdog => (_obr & (_kind.IsLater ? 0x100 : 4)) == 0;

    public override int ProtectionLevel => _kind.IsLater ? (int)(_obr >> 1 & 3) switch { 0 => 0, 1 => 1, _ => 2 } : ReadProtected ? 1 : 0;

    /// <summary>As the last reset found it.</summary>
    private bool IsClosedForEver => (_obr & (_kind.IsLater ? 4 : HighLevel)) != 0;

    private void LoadOptions()
    {
        uint error = 0;
        byte Load(int index)
        {
            byte value = _options.Span[index * 2], complement = _options.Span[index * 2 + 1];
            if ((value ^ complement) == 0xFF) return value;
            if ((value & complement) != 0xFF) error = 1;     // erased bytes are no error
            return 0xFF;
        }
        byte rdp = Load(0), user = Load(1), data0 = Load(2), data1 = Load(3);
        bool open = rdp == Unprotected, forEver = _kind.HasForEver && rdp == ForEver;
        _wrpr = (uint)(Load(4) | Load(5) << 8 | Load(6) << 16 | Load(7) << 24);
        if (_kind.IsLater) _obr = error | (open ? 0 : forEver ? 6u : 2u) | (uint)user << 8 | (uint)data0 << 16 | (uint)data1 << 24;
        else _obr = error | (open ? 0 : 2u) | (forEver ? HighLevel : 0u) | (user & 7u) << 2 | 0x3E0 | (uint)data0 << 10 | (uint)data1 << 18;
    }

    /// <summary>Read protection closes pages 0 to 3 for writing too (PM0075 2.4.1).</summary>
    private bool IsProtected(uint offset)
    {
        uint page = offset / _kind.PageSize;
        int bit = (int)Math.Min(page / _kind.PagesPerProtection, 31);
        return (_wrpr >> bit & 1) == 0 || !_kind.IsLater && ReadProtected && bit == 0;
    }

    /// <summary>The controller makes the complement itself. Taking the read protection off erases the main flash first (PM0075 2.4.1).</summary>
    private uint ProgramOption(uint offset, uint value)
    {
        value &= 0xFF;
        if (offset == 0 && value == Unprotected && ReadProtected)
        {
            _array.Span.Fill(0xFF);
            _massErasePending = true;
        }
        return value | (~value & 0xFF) << 8;
    }

    /// <summary>The option bytes as they will be loaded by the next reset, for tests and for setting up a protected part.</summary>
    public void SetOption(int index, byte value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_options.Span[(index * 2)..], (ushort)(value | (~value & 0xFF) << 8));
}
