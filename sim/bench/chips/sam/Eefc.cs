using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Sam;

/// <summary>
/// Enhanced embedded flash controller of SAM3, SAM4 and SAM E70 (SAM4S datasheet 11100, "EEFC"): FMR, FCR with the key 0x5A, FSR, FRR. A latch buffer of a page takes words in order;
/// commands program it, erase, lock regions, and set the general-purpose bits. Interrupts, ECC commands and the user signature are not modelled.
/// </summary>
public sealed class Eefc : Peripheral
{
    private const uint Key = 0x5A, CommandError = 2, LockError = 4;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    private readonly Die _die;
    private readonly FlashWork _work;
    private readonly MemoryRegion _flash;
    private readonly EefcKind _kind;
    private readonly byte[] _latch;
    private readonly bool[] _locks;
    private readonly Queue<uint> _results = [];
    private uint _errors, _gpnvm;
    private long _lastWord = -1;
    private bool _unique;

    /// <param name="die">The chip.</param>
    /// <param name="work">What is under way.</param>
    /// <param name="flash">One plane.</param>
    /// <param name="kind">Family.</param>
    /// <param name="gpnvm">General-purpose bits from the factory.</param>
    /// <param name="uniqueId">Four words.</param>
    public Eefc(Die die, FlashWork work, MemoryRegion flash, EefcKind kind, uint gpnvm, uint[] uniqueId) : base("EFC")
    {
        (_die, _work, _flash, _kind, _gpnvm) = (die, work, flash, kind, gpnvm);
        _latch = new byte[kind.Page];
        _locks = new bool[flash.Size / kind.LockRegion];
        flash.Span.Fill(0xFF);
        // After power-up the latch buffer is not initialised.
        new Random(1).NextBytes(_latch);
        flash.OnWrite = Load;
        UniqueId = uniqueId;
        Add(new() { Name = "FMR", Offset = 0x00, ReadMask = 0x0501_0F01, WriteMask = 0x0501_0F01, Unmodelled = [new("FRDY", 1)] });
        Add(new() { Name = "FCR", Offset = 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, v) => Execute(v) });
        Add(new() { Name = "FSR", Offset = 0x08, WriteMask = 0, OnRead = ReadStatus, OnWrite = (_, _) => { } });
        Add(new() { Name = "FRR", Offset = 0x0C, WriteMask = 0, OnRead = () => _results.TryDequeue(out uint result) ? result : 0, OnWrite = (_, _) => { } });
    }

    public uint[] UniqueId { get; }

    /// <summary>Bit 0: the security bit; bit 1: boot from flash.</summary>
    public uint Gpnvm => _gpnvm;

    /// <summary>As the last reset found the security bit.</summary>
    public bool IsSecured { get; private set; }

    public override void Reset()
    {
        base.Reset();
        (_errors, _lastWord) = (0, -1);
        _results.Clear();
        if (_unique) ShowUniqueId(false);
        IsSecured = (_gpnvm & 1) != 0;
    }

    private uint ReadStatus()
    {
        uint status = (_work.Busy || _unique ? 0u : 1) | _errors;
        _errors = 0;
        return status;
    }

    private void Execute(uint written)
    {
        uint command = written & 0xFF, argument = written >> 8 & 0xFFFF;
        _errors = 0;
        if (written >> 24 != Key || _work.Busy || _unique && command != 0xF)
        {
            _errors |= CommandError;
            return;
        }
        _results.Clear();
        switch (command)
        {
            case 0x0: Describe(); break;
            case 0x1: Write(argument, erase: false, locks: false); break;
            case 0x2: Write(argument, erase: false, locks: true); break;
            case 0x3: Write(argument, erase: true, locks: false); break;
            case 0x4: Write(argument, erase: true, locks: true); break;
            case 0x5: EraseAll(); break;
            case 0x7: ErasePages(argument); break;
            case 0x8 or 0x9: SetLock(argument, command == 0x8); break;
            case 0xA: foreach (uint word in LockWords()) _results.Enqueue(word); break;
            case 0xB or 0xC: SetBit(argument, command == 0xB); break;
            case 0xD: _results.Enqueue(_gpnvm); break;
            case 0xE: ShowUniqueId(true); break;
            case 0xF:
                if (_unique) ShowUniqueId(false);
                else _errors |= CommandError;
                break;
            case 0x11 when _kind.HasEraseSector: throw new BenchStop("EFC.FCR: ES (erase sector) is not modelled");
            default: _errors |= CommandError; break;
        }
    }

    /// <summary>Flash descriptor: id, bytes, page, planes, bytes of each, lock bits, bytes of each region.</summary>
    private void Describe()
    {
        foreach (uint word in (ReadOnlySpan<uint>)[0x000F_0A01, _flash.Size, _kind.Page, 1, _flash.Size, (uint)_locks.Length]) _results.Enqueue(word);
        foreach (bool _ in _locks) _results.Enqueue(_kind.LockRegion);
    }

    private void Load(uint offset, uint value, int width)
    {
        // "Byte and half-word AHB accesses to the latch buffer are not allowed."
        if (width != 4) throw new CoreFault(FaultKind.PreciseBus, _flash.Address + offset);
        _work.Wait();
        // "32-bit words must be written continuously, in either ascending or descending order."
        if (_lastWord >= 0 && Math.Abs(offset - _lastWord) != 4) throw new BenchStop($"EFC: the latch buffer's word at 0x{_flash.Address + offset:X8} does not follow the last one");
        _lastWord = (offset + 4) % _kind.Page == 0 ? -1 : offset;
        BitConverter.TryWriteBytes(_latch.AsSpan((int)(offset % _kind.Page)), value);
    }

    private void Write(uint page, bool erase, bool locks)
    {
        uint offset = page * _kind.Page;
        _lastWord = -1;
        if (offset >= _flash.Size || erase && offset >= _kind.EraseWriteLimit) _errors |= CommandError;
        else if (_locks[offset / _kind.LockRegion]) _errors |= LockError;
        else
        {
            var cells = _flash.Span.Slice((int)offset, (int)_kind.Page);
            if (erase) cells.Fill(0xFF);
            for (int i = 0; i < cells.Length; i++) cells[i] &= _latch[i];
            Array.Fill(_latch, (byte)0xFF);
            Begin(offset, _kind.Page, _kind.PageTime + (erase ? _kind.EraseTime : 0), () => { if (locks) _locks[offset / _kind.LockRegion] = true; });
        }
    }

    private void EraseAll()
    {
        if (_locks.Contains(true)) _errors |= LockError;
        else
        {
            _flash.Span.Fill(0xFF);
            Begin(0, _flash.Size, _kind.EraseAllTime(_flash.Size), () => { });
        }
    }

    /// <summary>EPA: FARG[1:0] says how many pages, the rest the first one, which must be a multiple of that.</summary>
    private void ErasePages(uint argument)
    {
        uint pages = 4u << (int)(argument & 3), first = argument & 0xFFFC, offset = first * _kind.Page, size = pages * _kind.Page;
        bool small = offset < _kind.SmallSectors;
        bool allowed = small ? pages <= _kind.MostInSmall : pages >= _kind.LeastInLarge;
        if (!_kind.HasErasePages || first % pages != 0 || offset + size > _flash.Size || !allowed) _errors |= CommandError;
        else if (AnyLocked(offset, size)) _errors |= LockError;
        else
        {
            _flash.Span.Slice((int)offset, (int)size).Fill(0xFF);
            Begin(offset, size, _kind.EraseTime * pages / 16, () => { });
        }
    }

    private bool AnyLocked(uint offset, uint size)
    {
        for (uint at = offset; at < offset + size; at += _kind.LockRegion)
            if (_locks[at / _kind.LockRegion]) return true;
        return false;
    }

    private void SetLock(uint page, bool on)
    {
        uint offset = page * _kind.Page;
        if (offset >= _flash.Size) _errors |= CommandError;
        else Begin(offset, 0, _kind.BitTime, () => _locks[offset / _kind.LockRegion] = on);
    }

    private void SetBit(uint bit, bool on)
    {
        if (bit >= _kind.Bits) _errors |= CommandError;
        // The security bit goes with the ERASE pin alone.
        else if (bit == 0 && !on && (_gpnvm & 1) != 0) _errors |= CommandError;
        else Begin(0, 0, _kind.BitTime, () => _gpnvm = on ? _gpnvm | 1u << (int)bit : _gpnvm & ~(1u << (int)bit));
    }

    private IEnumerable<uint> LockWords() => _locks.Chunk(32).Select(chunk => chunk.Select((locked, n) => locked ? 1u << n : 0).Aggregate(0u, (a, b) => a | b));

    /// <summary>The unique id stands in the place of the flash's first words.</summary>
    private void ShowUniqueId(bool on)
    {
        Span<byte> first = _flash.Span[..16];
        if (on)
        {
            first.CopyTo(_hidden);
            for (int i = 0; i < 4; i++) BitConverter.TryWriteBytes(first[(i * 4)..], UniqueId[i]);
        }
        else _hidden.CopyTo(first);
        _unique = on;
        _flash.ContentsChanged();
    }

    private readonly byte[] _hidden = new byte[16];

    private void Begin(uint offset, uint size, ulong duration, Action end) => _work.Begin(_flash, 0, _flash.Size, (offset, size), _die.Time.Now, duration, end);
}
