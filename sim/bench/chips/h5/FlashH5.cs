using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.H5;

/// <summary>
/// Flash interface of the STM32H5 (RM0481 7): two banks of 8 KB sectors behind one set of registers, words of 128 bits that program themselves once they are full. The registers that software without TrustZone
/// has. Mistakes get the manual's flags. ECC is not modelled; bank swap, high-cycle data, hidden areas and TrustZone stop the target.
/// </summary>
public sealed class FlashH5 : TargetFlash
{
    public const uint SectorSize = 8 * 1024, WordSize = 16;
    private const uint Lock = 1, Pg = 2, Ser = 4, Ber = 8, Fw = 1 << 4, Start = 1 << 5, Mer = 1 << 15, BankBit = 1u << 31;
    private const uint Bsy = 1, Wbne = 2, Eop = 1 << 16, WrpErr = 1 << 17, PgsErr = 1 << 18, StrbErr = 1 << 19, IncErr = 1 << 20, Flags = 0x00FF_0000;
    private const uint OptLock = 1, OptStart = 2, Open = 0xED, ChangeErr = 1 << 23;
    private const int Irq = 6;
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <summary>Typical times as far as known; no datasheet was at hand.</summary>
    private const ulong ProgramTime = 30 * Microsecond, SectorTime = 2 * Millisecond, BankTime = 130 * Millisecond, OptionTime = 20 * Millisecond;

    /// <summary>Product states in the order in which they can be taken; back leads a regression only, which nothing here can ask for (RM0481 7.6).</summary>
    private static readonly uint[] States = [Open, 0x17, 0x2E, 0xC6, 0x72, 0x5C];

    private static readonly (string Name, uint Offset, uint Mask, uint Factory)[] OptionRows =
    [
        ("OPTSR", 0x50, 0xBFF3_FFFF, 0x2D30_EDF8), ("OPTSR2", 0x70, 0xFF00_017C, 0xC300_007C), ("NSBOOTR", 0x80, uint.MaxValue, 0x0800_00C3),
        ("WRP1R", 0xE8, uint.MaxValue, uint.MaxValue), ("EDATA1R", 0xF0, 0x8007, 0), ("HDP1R", 0xF8, 0x007F_007F, 1),
        ("WRP2R", 0x1E8, uint.MaxValue, uint.MaxValue), ("EDATA2R", 0x1F0, 0x8007, 0), ("HDP2R", 0x1F8, 0x007F_007F, 1),
    ];

    private const int Wrp1 = 3, Edata1 = 4, Hdp1 = 5, Wrp2 = 6;

    private readonly uint _sectorsPerProtection;
    private readonly MemoryRegion _array;
    private readonly uint _bankSize;
    private readonly FlashKey _key, _optionKey;
    private readonly Register _acr, _cr, _sr, _optcr;
    private readonly Register[] _next;
    private readonly uint[] _stored;
    private readonly byte[] _buffer = new byte[WordSize];
    private uint _filled, _word;

    /// <param name="die">The chip.</param>
    /// <param name="array">Both banks.</param>
    /// <param name="sectorsPerProtection">That one bit of WRPxR stands for.</param>
    public FlashH5(Die die, MemoryRegion array, uint sectorsPerProtection) : base(die)
    {
        (_array, _bankSize, _sectorsPerProtection) = (array, array.Size / 2, sectorsPerProtection);
        array.Span.Fill(0xFF);
        array.OnWrite = Program;
        (_key, _optionKey) = (FlashKey.Control(_ => Refuse(0x04)), FlashKey.Options(_ => Refuse(0x0C)));
        _acr = Add(new() { Name = "ACR", Offset = 0x00, Reset = 0x13, ReadMask = 0x13F, WriteMask = 0x13F, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        Add(new() { Name = "NSKEYR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => { if (_key.Opens(key, (_cr!.Value & Lock) != 0)) _cr.Value &= ~Lock; } });
        Add(new() { Name = "OPTKEYR", Offset = 0x0C, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => { if (_optionKey.Opens(key, (_optcr!.Value & OptLock) != 0)) _optcr.Value &= ~OptLock; } });
        _optcr = Add(new() { Name = "OPTCR", Offset = 0x1C, Reset = OptLock, ReadMask = OptLock, WriteMask = 0, OnWrite = (_, written) => WriteOptcr(written) });
        _sr = Add(new() { Name = "NSSR", Offset = 0x20, ReadMask = Flags | 0xB, WriteMask = 0, OnRead = () => _sr!.Value | (Work.Busy ? Bsy : 0) | (_filled != 0 ? Wbne : 0), OnWrite = (_, _) => { } });
        _cr = Add(new() { Name = "NSCR", Offset = 0x28, Reset = Lock, ReadMask = 0x80FF_9FEF & ~(Start | Fw), WriteMask = 0x80FF_9FEF, Widths = 7, OnWrite = WriteCr });
        Add(new() { Name = "NSCCR", Offset = 0x30, ReadMask = 0, WriteMask = 0, OnWrite = (_, written) => _sr.Value &= ~(written & Flags) });
        _stored = [.. OptionRows.Select(o => o.Factory)];
        _next = new Register[OptionRows.Length];
        for (int i = 0; i < OptionRows.Length; i++)
        {
            int n = i;
            var (name, offset, mask, factory) = OptionRows[i];
            Add(new() { Name = name + "_CUR", Offset = offset, WriteMask = 0, Widths = 7, OnRead = () => _stored[n], OnWrite = (_, _) => { } });
            _next[i] = Add(new() { Name = name + "_PRG", Offset = offset + 4, Reset = factory, ReadMask = mask, WriteMask = mask, Widths = 7, OnWrite = (old, _) => { if ((_optcr.Value & OptLock) != 0) _next[n].Value = old; } });
        }
    }

    public override uint Latency => _acr.Field(0, 4);
    public override bool HidesWaitStates => _acr[8];
    public override bool HardwareWatchdog => (_stored[0] & 8) == 0;

    /// <summary>OPTSR.PRODUCT_STATE: open; provisioning, which closes the flash to a debugger; beyond, which leaves him debug authentication alone.</summary>
    public override int ProtectionLevel => Math.Clamp(StateOf(_stored[0]), 0, 2);

    /// <summary>NSBOOTADD.</summary>
    public uint BootAddress => _stored[2] & ~0xFFu;

    private static int StateOf(uint optsr) => System.Array.IndexOf(States, optsr >> 8 & 0xFF);

    public override void Reset()
    {
        Work.Abort();
        base.Reset();
        _filled = 0;
        _key.Reset();
        _optionKey.Reset();
        for (int i = 0; i < _next.Length; i++) _next[i].Value = _stored[i];
        RaiseChanged();
    }

    private void Refuse(uint register)
    {
        if (register == 0x04) _cr.Value |= Lock;
        else _optcr.Value |= OptLock;
        FlashKey.BusError(0x4002_2000 + register);
    }

    private void WriteCr(uint old, uint written)
    {
        _cr.Value = old;
        if (Work.Busy) Work.Wait();
        if ((old & Lock) != 0) return;
        _cr.Value = written & ~(Start | Fw);
        if ((written & Fw) != 0 && _filled != 0) ProgramBuffer(Die.Time.Now);
        if ((written & Start) != 0) Erase(written & (Ser | Ber | Mer));
        UpdateInterrupt();
    }

    private void Erase(uint mode)
    {
        uint bank = (_cr.Value & BankBit) != 0 ? _bankSize : 0, sector = _cr.Field(6, 7) * SectorSize;
        if (mode is not (Ser or Ber or Mer) || _filled != 0 || mode == Ser && sector >= _bankSize) Fail(PgsErr);
        else if (mode == Ser) Erase(bank + sector, SectorSize, SectorTime);
        else if (mode == Ber) Erase(bank, _bankSize, BankTime);
        else Erase(0, _array.Size, 2 * BankTime);
    }

    private void Erase(uint offset, uint size, ulong duration)
    {
        for (uint at = offset; at < offset + size; at += SectorSize)
            if (IsProtected(at))
            {
                Fail(WrpErr);
                return;
            }
        _array.Span.Slice((int)offset, (int)size).Fill(0xFF);
        Begin(offset, size, Die.Time.Now, duration);
    }

    /// <summary>A zero in WRPxR protects.</summary>
    private bool IsProtected(uint offset) => (_stored[offset < _bankSize ? Wrp1 : Wrp2] >> (int)(offset % _bankSize / SectorSize / _sectorsPerProtection) & 1) == 0;

    private void Program(uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        uint word = offset / WordSize, lanes = ((1u << width) - 1) << (int)(offset % WordSize);
        if ((_cr.Value & (Lock | Pg)) != Pg) Fail(PgsErr);
        else if (_filled != 0 && word != _word) Fail(IncErr);
        else if ((_filled & lanes) != 0) Fail(StrbErr);
        else if (IsProtected(offset)) Fail(WrpErr);
        else
        {
            if (_filled == 0) _buffer.AsSpan().Fill(0xFF);
            (_word, _filled) = (word, _filled | lanes);
            for (int i = 0; i < width; i++) _buffer[offset % WordSize + (uint)i] = (byte)(value >> 8 * i);
            if (_filled == 0xFFFF) ProgramBuffer(start);
        }
    }

    private void ProgramBuffer(ulong start)
    {
        _filled = 0;
        var cells = _array.Span.Slice((int)(_word * WordSize), (int)WordSize);
        for (int i = 0; i < WordSize; i++) cells[i] &= _buffer[i];
        Begin(_word * WordSize, WordSize, start, ProgramTime);
    }

    /// <summary>The other bank can be read meanwhile.</summary>
    private void Begin(uint offset, uint size, ulong start, ulong duration)
    {
        uint first = size > _bankSize ? 0 : offset / _bankSize * _bankSize;
        Work.Begin(_array, first, Math.Max(size, _bankSize), (offset, size), start, duration, () =>
        {
            _sr.Value |= Eop;
            UpdateInterrupt();
        });
    }

    private void Fail(uint flag)
    {
        _filled = 0;
        _sr.Value |= flag;
        UpdateInterrupt();
    }

    private void WriteOptcr(uint written)
    {
        if ((_optcr.Value & OptLock) != 0) return;
        if ((written & OptStart) != 0) StoreOptions();
        _optcr.Value |= written & OptLock;
    }

    /// <summary>A state that the manual has not, or an earlier one, is OPTCHANGEERR, and nothing is stored.</summary>
    private void StoreOptions()
    {
        if (StateOf(_next[0].Value) < StateOf(_stored[0]))
        {
            _sr.Value |= ChangeErr;
            UpdateInterrupt();
            return;
        }
        if (((_next[0].Value ^ _stored[0]) & 1u << 31) != 0) throw new BenchStop("FLASH.OPTSR_PRG: bank swap is not modelled");
        if (_next[1].Value >> 24 != 0xC3) throw new BenchStop("FLASH.OPTSR2_PRG: TrustZone is not modelled");
        for (int bank = 0; bank < 2; bank++)
        {
            uint edata = _next[Edata1 + 3 * bank].Value, hdp = _next[Hdp1 + 3 * bank].Value;
            if ((edata & 1 << 15) != 0) throw new BenchStop($"FLASH.EDATA{bank + 1}R_PRG: high-cycle data are not modelled");
            if ((hdp & 0x7F) <= (hdp >> 16 & 0x7F)) throw new BenchStop($"FLASH.HDP{bank + 1}R_PRG: a hidden area is not modelled");
        }
        for (int i = 0; i < _next.Length; i++) _stored[i] = _next[i].Value;
        Work.Begin(_array, 0, _array.Size, (0, 0), Die.Time.Now, OptionTime, () => { });
        RaiseChanged();
    }

    private void UpdateInterrupt() => Die.Interrupts.Set(Irq, (_sr.Value & _cr.Value & Flags) != 0);
}
