using System.Buffers.Binary;

namespace SharpProbe.Sim.Chips.H5;

/// <summary>
/// Flash interface of the STM32H5 (RM0481 7): two banks of 8 KB sectors behind one set of registers, words of 128 bits that program themselves once they are full. The registers that software without TrustZone
/// has. Mistakes get the manual's flags. ECC, bank swap, high-cycle data and the product states' way back are not modelled.
/// </summary>
public sealed class FlashH5 : TargetFlash
{
    public const uint SectorSize = 8 * 1024, WordSize = 16;
    private const uint Lock = 1, Pg = 2, Ser = 4, Ber = 8, Fw = 1 << 4, Start = 1 << 5, Mer = 1 << 15, BankBit = 1u << 31;
    private const uint Bsy = 1, Wbne = 2, Eop = 1 << 16, WrpErr = 1 << 17, PgsErr = 1 << 18, StrbErr = 1 << 19, IncErr = 1 << 20, Flags = 0x00FF_0000;
    private const uint OptLock = 1, OptStart = 2, Open = 0xED;
    private const int Irq = 6;
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = 1000 * Microsecond;

    /// <summary>Typical times as far as known; no datasheet was at hand.</summary>
    private const ulong ProgramTime = 30 * Microsecond, SectorTime = 2 * Millisecond, BankTime = 130 * Millisecond, OptionTime = 20 * Millisecond;

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
    public FlashH5(Die die, MemoryRegion array) : base(die)
    {
        (_array, _bankSize) = (array, array.Size / 2);
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
        (string Name, uint Offset, uint Factory)[] options = [("OPTSR", 0x50, 0x3030_EDF8), ("WRP1R", 0xE8, uint.MaxValue), ("WRP2R", 0x1E8, uint.MaxValue)];
        _stored = [.. options.Select(o => o.Factory)];
        _next = new Register[options.Length];
        for (int i = 0; i < options.Length; i++)
        {
            int n = i;
            Add(new() { Name = options[i].Name + "_CUR", Offset = options[i].Offset, WriteMask = 0, Widths = 7, OnRead = () => _stored[n], OnWrite = (_, _) => { } });
            _next[i] = Add(new() { Name = options[i].Name + "_PRG", Offset = options[i].Offset + 4, Reset = options[i].Factory, Widths = 7, OnWrite = (old, _) => { if ((_optcr.Value & OptLock) != 0) _next[n].Value = old; } });
        }
    }

    public override uint Latency => _acr.Field(0, 4);
    public override bool HidesWaitStates => _acr[8];
    public override bool HardwareWatchdog => (_stored[0] & 8) == 0;

    /// <summary>OPTSR.PRODUCT_STATE: open, or closed to a debugger.</summary>
    public override int ProtectionLevel => (_stored[0] >> 8 & 0xFF) == Open ? 0 : 1;

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

    /// <summary>A zero in WRPxR protects four sectors.</summary>
    private bool IsProtected(uint offset) => (_stored[offset < _bankSize ? 1 : 2] >> (int)(offset % _bankSize / SectorSize / 4) & 1) == 0;

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
        if ((written & OptStart) != 0)
        {
            if ((_next[0].Value >> 8 & 0xFF) != Open) throw new BenchStop("FLASH.OPTSR_PRG: product states other than open are not modelled");
            for (int i = 0; i < _next.Length; i++) _stored[i] = _next[i].Value;
            Work.Begin(_array, 0, _array.Size, (0, 0), Die.Time.Now, OptionTime, () => { });
        }
        _optcr.Value |= written & OptLock;
    }

    private void UpdateInterrupt() => Die.Interrupts.Set(Irq, (_sr.Value & _cr.Value & Flags) != 0);
}
