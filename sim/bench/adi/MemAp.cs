namespace SharpProbe.Sim.Adi;

/// <summary>A memory access port for AHB (IHI 0031E, chapter C2; Cortex-M3 TRM r1p1, "AHB Access Port"). Registers by their address: CSW 0x00, TAR 0x04, DRW 0x0C, BD0-BD3 0x10, CFG 0xF4, BASE 0xF8, IDR 0xFC.</summary>
/// <param name="bus">What it is master of.</param>
/// <param name="idr">0x14770011: Cortex-M3 of the STM32F103; 0x24770011: Cortex-M3 r2 and M4; 0x04770031: Cortex-M0+.</param>
/// <param name="rom">BASE register: bits 31:12 of the ROM table's address, bits 1:0 set.</param>
public sealed class MemAp(IDebugBus bus, uint idr, uint rom) : ApBlock
{
    private const uint SizeField = 7, IncrementField = 3 << 4, DeviceEn = 1 << 6, TrInProg = 1 << 7;

    /// <summary>Writable beside Size and AddrInc: MasterType (29), Reserved-one (24) and HPROT1 (25).</summary>
    private const uint ProtectionFields = 1 << 29 | 1 << 25 | 1 << 24;

    private const uint SecureEnabled = 1 << 23, NonSecure = 1u << 30;

    private uint _tar, _csw = ResetCsw;

    /// <summary>CSW without its status bits: word size, no increment, HPROT1 and bit 24 set.</summary>
    public const uint ResetCsw = 0x03000002;

    public IDebugBus Bus => bus;

    /// <summary>Packed 8- and 16-bit transfers (CSW.AddrInc 0b10). Those of the Cortex-M0 and M0+ have none.</summary>
    public bool HasPacked { get; init; } = true;

    /// <summary>An AHB5-AP that may make secure accesses: CSW tells so in bit 23, and in bit 30 makes them non-secure, to which no memory of a chip that has just been reset answers here (IHI 0074, CSW).</summary>
    public bool HasSecurity { get; init; }

    /// <summary>Where non-secure accesses go, which are those after a reset; null: nowhere.</summary>
    public IDebugBus? NonSecureBus { get; init; }

    /// <summary>CFG; 0: little-endian, 32 bits of address and data.</summary>
    public uint Configuration { get; init; }

    /// <summary>TAR bits that auto-increment counts in. The architecture promises 10, a wrap at 1 KiB.</summary>
    public int IncrementBits { get; init; } = 10;

    public override bool Powered => bus.Powered;

    internal uint Tar => _tar;

    public override void PowerOn() => (_tar, _csw, ReadyAt) = (0, NonSecureBus is null ? ResetCsw : ResetCsw | NonSecure, 0);

    internal override bool IsMemory(int register) => register is 0x0C or >= 0x10 and < 0x20;

    internal override uint AddressOf(int register) => register == 0x0C ? _tar : _tar & ~0xFu | (uint)register & 0xC;

    internal override bool Read(int register, ulong now, out uint value)
    {
        value = register switch
        {
            0x00 => _csw | (HasSecurity ? SecureEnabled : 0) | (bus.Enabled ? DeviceEn : 0) | (now < ReadyAt ? TrInProg : 0),
            0x04 => _tar,
            0xF4 => Configuration,
            0xF8 => rom,
            0xFC => idr,
            _ => 0,         // the rest is reserved
        };
        return !IsMemory(register) || Access(register, write: false, now, ref value);
    }

    internal override bool Write(int register, uint value, ulong now)
    {
        if (register == 0x00) WriteCsw(value);
        else if (register == 0x04) _tar = value;
        return !IsMemory(register) || Access(register, write: true, now, ref value);
    }

    private void WriteCsw(uint value)
    {
        uint size = value & SizeField, increment = value & IncrementField;
        // A field that reads back other than written is how a debugger learns what there is (chapter C2, CSW).
        if (size > 2) size = 2;
        if (increment == 3 << 4 || increment == 2 << 4 && !HasPacked) increment = 0;
        _csw = value & (ProtectionFields | (HasSecurity ? NonSecure : 0)) | increment | size;
    }

    private bool Access(int register, bool write, ulong now, ref uint value)
    {
        ReadyAt = now;
        if (!bus.Enabled || !bus.Powered || (_csw & NonSecure) != 0 && HasSecurity && NonSecureBus is null) return false;
        if (register != 0x0C)
        {
            if ((_csw & SizeField) != 2) Found?.Invoke(now, $"BD{register >> 2 & 3} is used while CSW.Size is not word");
            return Transfer(AddressOf(register), 4, write, ref value);
        }
        int width = 1 << (int)(_csw & SizeField), increment = (int)(_csw & IncrementField) >> 4;
        // UNPREDICTABLE by the architecture; the access is made at the address below.
        if ((_tar & (uint)(width - 1)) != 0) Found?.Invoke(now, $"TAR 0x{_tar:X8} is no multiple of the size {width}");
        int count = increment == 2 ? 4 / width : 1;
        // Lanes that carry nothing are unknown on a read; a value that nobody expects shows who uses them.
        uint read = 0x5EA1BAAD;
        for (int i = 0; i < count; i++)
        {
            uint address = _tar & ~(uint)(width - 1);
            int shift = (int)(address & 3) * 8;
            uint mask = width == 4 ? uint.MaxValue : (1u << width * 8) - 1;
            uint part = value >> shift & mask;
            if (!Transfer(address, width, write, ref part)) return false;
            read = read & ~(mask << shift) | (part & mask) << shift;
            if (increment != 0) Increment((uint)width);
        }
        if (!write) value = read;
        return true;
    }

    private void Increment(uint width)
    {
        uint counted = (1u << IncrementBits) - 1;
        _tar = _tar & ~counted | _tar + width & counted;
    }

    private bool Transfer(uint address, int width, bool write, ref uint value)
    {
        ulong readyAt;
        var to = (_csw & NonSecure) != 0 && NonSecureBus is { } other ? other : bus;
        bool good = write ? to.Write(address, value, width, out readyAt) : to.Read(address, width, out value, out readyAt);
        if (readyAt > ReadyAt) ReadyAt = readyAt;
        return good;
    }
}
