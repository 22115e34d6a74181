using System.Buffers.Binary;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.L0;

/// <summary>
/// Flash, data EEPROM and option bytes of STM32L0 and L1 (RM0376 3, RM0038 3). What is erased reads zero, and programming only sets bits. Flash is programmed by words, or by half pages that come as a burst of
/// words in order; a page is erased by a write to it; the EEPROM erases for itself. Whoever wants any of these memories while one is busy waits. Mistakes get the manual's flags.
/// </summary>
public sealed partial class FlashL0 : TargetFlash
{
    private const uint PeLock = 1, PrgLock = 2, OptLock = 4, Prog = 1 << 3, Data = 1 << 4, FixedTime = 1 << 8, Erase = 1 << 9, FastProg = 1 << 10, EopIe = 1 << 16, ErrIe = 1 << 17, OblLaunch = 1 << 18;
    private const uint Bsy = 1, Eop = 2, EndHv = 4, Ready = 8, WrpErr = 1 << 8, PgaErr = 1 << 9, SizErr = 1 << 10, OptVErr = 1 << 11, RdErr = 1 << 13, NotZeroErr = 1 << 16, FwwErr = 1 << 17;
    private const uint Errors = WrpErr | PgaErr | SizErr | OptVErr | RdErr | NotZeroErr | FwwErr, SectorSize = 4096;

    private readonly MemoryRegion _array, _eeprom, _options;
    private readonly FlashKindL0 _kind;
    private readonly FlashKey _peKey, _prgKey, _optKey;
    private readonly Register _acr, _pecr, _sr;
    private readonly byte[] _buffer;
    private (uint Start, uint Filled)? _half;

    /// <param name="die">The chip.</param>
    /// <param name="array">Program memory.</param>
    /// <param name="eeprom">Data EEPROM.</param>
    /// <param name="options">User option bytes, words of a half-word and its complement.</param>
    /// <param name="kind">Family.</param>
    public FlashL0(Die die, MemoryRegion array, MemoryRegion eeprom, MemoryRegion options, FlashKindL0 kind) : base(die, array, eeprom, options)
    {
        (_array, _eeprom, _options, _kind, _buffer) = (array, eeprom, options, kind, new byte[kind.PageSize / 2]);
        _peKey = new(0x89AB_CDEF, 0x0203_0405, Refuser(PeLock, 0x0C));
        _prgKey = new(0x8C9D_AEBF, 0x1314_1516, Refuser(PrgLock, 0x10));
        _optKey = new(0xFBEA_D9C8, 0x2425_2627, Refuser(OptLock, 0x14));
        FactoryOptions();
        array.OnWrite = ProgramArray;
        eeprom.OnWrite = ProgramEeprom;
        options.OnWrite = ProgramOption;
        _acr = Add(new() { Name = "ACR", Offset = 0x00, ReadMask = kind.AcrMask, WriteMask = kind.AcrMask, Widths = 7, OnWrite = (_, _) => RaiseChanged() });
        _pecr = Add(new() { Name = "PECR", Offset = 0x04, Reset = 7, ReadMask = kind.PecrMask, WriteMask = kind.PecrMask, Widths = 7, OnWrite = WritePecr });
        Add(Key("PDKEYR", 0x08, _ => { }));
        Add(Key("PEKEYR", 0x0C, key => { if (_peKey.Opens(key, (_pecr!.Value & PeLock) != 0)) _pecr.Value &= ~PeLock; }));
        Add(Key("PRGKEYR", 0x10, key => { if (_prgKey.Opens(key, (_pecr!.Value & (PeLock | PrgLock)) == PrgLock)) _pecr.Value &= ~PrgLock; }));
        Add(Key("OPTKEYR", 0x14, key => { if (_optKey.Opens(key, (_pecr!.Value & (PeLock | OptLock)) == OptLock)) _pecr.Value &= ~OptLock; }));
        _sr = Add(new()
        {
            Name = "SR", Offset = 0x18, Reset = EndHv | Ready, ReadMask = kind.StatusMask, WriteMask = 0, ClearByOne = (Errors | Eop) & kind.StatusMask, Widths = 7,
            OnRead = () => _sr!.Value & ~(EndHv | Ready) | (Work.Busy ? Bsy : EndHv | Ready), OnWrite = (_, _) => UpdateInterrupt(),
        });
        AddOptionRegisters();
    }

    public override uint Latency => _acr.Field(0, 1);

    public override bool HidesWaitStates => _acr[1];

    /// <summary>PECR.OBL_LAUNCH: a system reset that loads the option bytes.</summary>
    public event Action? LaunchRequested;

    public override void Reset()
    {
        EndHalf();
        Work.Abort();
        base.Reset();
        foreach (var key in (FlashKey[])[_peKey, _prgKey, _optKey]) key.Reset();
        UpdateInterrupt();
        RaiseChanged();
    }

    private static Register Key(string name, uint offset, Action<uint> take) => new() { Name = name, Offset = offset, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => take(key) };

    private Action<uint> Refuser(uint itsLock, uint offset) => _ =>
    {
        _pecr.Value |= itsLock;
        FlashKey.BusError(_kind.Base + offset);
    };

    /// <summary>
    /// Locks are only set by writing, and the rest is writable while PELOCK is clear. Locking PECR locks all three (RM0376 3.3.4) and, no manual at hand, clears the modes: OpenOCD's driver, which is known to
    /// program silicon, leaves ERASE set when it locks.
    /// </summary>
    private void WritePecr(uint old, uint written)
    {
        const uint locks = PeLock | PrgLock | OptLock;
        _pecr.Value = old;
        if (Work.Busy) Work.Wait();
        if ((old & PeLock) != 0) return;
        _pecr.Value = written & _kind.PecrMask & ~(locks | OblLaunch) | (old | written) & locks;
        if ((_pecr.Value & PeLock) != 0) _pecr.Value = _pecr.Value & ~(Prog | Data | FixedTime | Erase | FastProg) | locks;
        if ((_pecr.Value & (Prog | FastProg)) != (Prog | FastProg)) EndHalf();
        UpdateInterrupt();
        if ((written & OblLaunch) != 0 && (_pecr.Value & OptLock) == 0) LaunchRequested?.Invoke();
    }

    private void ProgramArray(uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        uint mode = _pecr.Value & (Prog | Data | Erase | FastProg);
        if ((_pecr.Value & PrgLock) != 0 || IsProtected(offset)) Refuse(WrpErr);
        else if (width != 4) Refuse(SizErr);
        else if (mode == (Prog | Erase)) ErasePage(offset & ~(_kind.PageSize - 1), start);
        else if (mode == (Prog | FastProg)) AddToHalf(offset, value, start);
        else if ((mode & (Erase | FastProg)) != 0) Refuse(PgaErr);
        else if (IsRefused(offset, 4)) Refuse(NotZeroErr);
        else
        {
            Set(offset, value);
            Begin(_array, offset, 4, start, _kind.Time);
        }
    }

    private void ErasePage(uint offset, ulong start)
    {
        _array.Span.Slice((int)offset, (int)_kind.PageSize).Clear();
        Begin(_array, offset, _kind.PageSize, start, _kind.Time);
    }

    /// <summary>From the first word of a half page to its last, in order (RM0376 3.3.4, "Program a half-page"); the last one starts it.</summary>
    private void AddToHalf(uint offset, uint value, ulong start)
    {
        uint size = _kind.PageSize / 2;
        if (_half is not { } half)
        {
            if (offset % size != 0)
            {
                Refuse(PgaErr);
                return;
            }
            half = (offset, 0);
            if (_kind.Checks) _array.OnRead = _ => Refuse(FwwErr);
        }
        if (offset != half.Start + half.Filled)
        {
            Refuse(PgaErr);
            return;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan((int)half.Filled), value);
        _half = half = half with { Filled = half.Filled + 4 };
        if (half.Filled < size) return;
        EndHalf();
        if (IsRefused(half.Start, size))
        {
            Refuse(NotZeroErr);
            return;
        }
        for (uint i = 0; i < size; i += 4) Set(half.Start + i, BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan((int)i)));
        Begin(_array, half.Start, size, start, _kind.Time);
    }

    private void EndHalf()
    {
        if (_half is null) return;
        _half = null;
        _array.OnRead = null;
    }

    private bool IsRefused(uint offset, uint size) => _kind.Checks && _array.Span.Slice((int)offset, (int)size).ContainsAnyExcept((byte)0);

    /// <summary>Bits only become one.</summary>
    private void Set(uint offset, uint value)
    {
        var cells = _array.Span.Slice((int)offset, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(cells, BinaryPrimitives.ReadUInt32LittleEndian(cells) | value);
    }

    /// <summary>Any width. A word that is not zero is erased first, which takes as long again (RM0376 3.3.4); always so with FIX or FTDW.</summary>
    private void ProgramEeprom(uint offset, uint value, int width)
    {
        ulong start = Work.Wait();
        if ((_pecr.Value & PeLock) != 0)
        {
            Refuse(WrpErr);
            return;
        }
        var word = _eeprom.Span.Slice((int)(offset & ~3u), 4);
        bool erases = word.ContainsAnyExcept((byte)0) || (_pecr.Value & FixedTime) != 0, eraseOnly = (_pecr.Value & (Data | Erase)) == (Data | Erase);
        if (eraseOnly) word.Clear();
        else
            for (int i = 0; i < width; i++) _eeprom.Span[(int)offset + i] = (byte)(value >> 8 * i);
        Begin(_eeprom, offset & ~3u, 4, start, erases && !eraseOnly ? 2 * _kind.Time : _kind.Time);
    }

    private void Begin(MemoryRegion region, uint offset, uint size, ulong start, ulong duration) => Work.Begin(region, 0, region.Size, (offset, size), start, duration, End);

    private void End()
    {
        _sr.Value |= Eop;
        UpdateInterrupt();
    }

    private void Refuse(uint flag)
    {
        EndHalf();
        _sr.Value |= flag;
        UpdateInterrupt();
    }

    private void UpdateInterrupt() => Die.Interrupts.Set(_kind.Irq, (_sr.Value & Eop) != 0 && (_pecr.Value & EopIe) != 0 || (_sr.Value & Errors) != 0 && (_pecr.Value & ErrIe) != 0);
}
