using System.Collections;
using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// One flash bank of an STM32H7 (RM0433 chapter 4): flash words with ECC that are programmed whole, once. Mistakes get what silicon gives, an error flag and a lost write; in the probe's
/// own chip they stop the bench, as they are our firmware's.
/// </summary>
public sealed class FlashBankH7
{
    private const uint Lock = 1, Pg = 2, Ser = 4, Ber = 8, Eop = 1 << 16, WrpErr = 1 << 17, PgsErr = 1 << 18, StrbErr = 1 << 19, IncErr = 1 << 21, SnEccErr = 1 << 25, DbEccErr = 1 << 26;
    private const int EccBits = 10;

    private readonly FlashKindH7 _kind;
    private readonly bool _strict;
    private readonly uint _fw, _start, _wordSize;
    private readonly FlashBusy? _busy;
    private readonly FlashOperations _operations;
    private readonly Register _cr, _sr, _failed;
    private readonly Func<uint> _unprotected;
    private readonly Action _interrupt;
    private readonly byte[] _buffer;
    private readonly BitArray _programmed;
    private readonly FlashKey _key;
    private uint _filled, _bufferWord;

    /// <param name="number">1 or 2.</param>
    /// <param name="memory">The array; null where the part has none.</param>
    /// <param name="time">Simulated time.</param>
    /// <param name="operations">The chip's flash operations.</param>
    /// <param name="unprotected">WPSN of this bank: a one for each sector that may be written.</param>
    /// <param name="interrupt">Called when a flag or its enable changed.</param>
    /// <param name="kind">Family.</param>
    /// <param name="strict">Mistakes stop the bench.</param>
    public FlashBankH7(int number, MemoryRegion? memory, TimeBase time, FlashOperations operations, Func<uint> unprotected, Action interrupt, FlashKindH7 kind, bool strict)
    {
        (_kind, _strict, _fw, _start, _wordSize, _buffer) = (kind, strict, 1u << kind.ForceBit, 1u << kind.StartBit, kind.WordSize, new byte[kind.WordSize]);
        (Number, Memory, _operations, _unprotected, _interrupt) = (number, memory, operations, unprotected, interrupt);
        _key = FlashKey.Control(RefuseKey);
        _programmed = new((int)((memory?.Size ?? 0) / _wordSize));
        if (memory is not null)
        {
            _busy = new(time, memory, operations);
            memory.Span.Fill(0xFF);
            memory.Holes = new(memory.Size / _wordSize, _wordSize, ReportUnreadable);
            memory.OnWrite = Write;
        }
        uint at = number == 1 ? 0u : 0x100;
        _cr = new()
        {
            Name = $"CR{number}", Offset = at + 0x0C, Reset = kind.CrReset, ReadMask = kind.CrMask, WriteMask = kind.CrMask, Widths = strict ? 4 : 7,
            Unmodelled = [new("CRC_EN", 1 << 15)], OnWrite = WriteCr,
        };
        _sr = new() { Name = $"SR{number}", Offset = at + 0x10, ReadMask = 0x1FEF_000F, WriteMask = 0, OnRead = () => _sr!.Value | (Busy ? 5u : 0) | (_filled != 0 ? 2u : 0), OnWrite = strict ? null : (_, _) => { } };
        _failed = new() { Name = $"ECC_FA{number}R", Offset = at + 0x60, ReadMask = 0x7FFF, WriteMask = 0, OnWrite = strict ? null : (_, _) => { } };
        Registers =
        [
            new() { Name = $"KEYR{number}", Offset = at + 0x04, ReadMask = 0, WriteMask = 0, OnWrite = (_, key) => Unlock(key) },
            _cr, _sr, _failed,
            new() { Name = $"CCR{number}", Offset = at + 0x14, ReadMask = 0, WriteMask = 0, OnWrite = (_, written) => ClearFlags(written) },
        ];
    }

    public int Number { get; }
    public MemoryRegion? Memory { get; }
    public IReadOnlyList<Register> Registers { get; }
    public bool Busy => _busy?.Busy ?? false;

    /// <summary>An enabled flag is set.</summary>
    public bool Interrupts => (_sr.Value & _cr.Value & 0x1FEF_0000) != 0;

    /// <summary>After the block's registers went back to their reset values.</summary>
    public void Reset()
    {
        _busy?.Abort();
        _filled = 0;
        _key.Reset();
    }

    private string Cr => $"FLASH.CR{Number}";

    private void Unlock(uint key)
    {
        if (_key.Opens(key, _strict || (_cr.Value & Lock) != 0)) _cr.Value &= ~Lock;
    }

    private void RefuseKey(uint key)
    {
        if (_strict) throw new BenchStop($"FLASH.KEYR{Number}: 0x{key:X8} is not the next key: {Cr} stays locked until reset (RM0433 4.5.1)");
        _cr.Value |= Lock;
        FlashKey.BusError(0x5200_2004 + (uint)(Number - 1) * 0x100);
    }

    /// <summary>Sets a flag, or stops the bench.</summary>
    private void Refuse(uint flag, string why)
    {
        if (_strict) throw new BenchStop(why);
        _sr.Value |= flag;
        _cr.Value &= ~_start;
        if (flag is StrbErr or IncErr) _filled = 0;
        _interrupt();
    }

    private void WriteCr(uint old, uint written)
    {
        if ((old & Lock) != 0)
        {
            _cr.Value = old;
            if (_strict && (written & ~Lock) != (old & ~Lock)) throw new BenchStop($"{Cr}: 0x{written:X8} written while LOCK{Number} = 1: unlock it through KEYR{Number} first");
            return;
        }
        if (Busy && ((old ^ _cr.Value) & 0xFFFE) != 0)
        {
            if (_strict) throw new BenchStop($"{Cr}: 0x{written:X8} written while an operation is under way (QW{Number} = 1)");
            uint wanted = _cr.Value;
            _busy!.Wait();
            _cr.Value = wanted;
        }
        if ((_cr.Value & _fw) != 0)
        {
            _cr.Value &= ~_fw;
            if (_filled != 0) ProgramBuffer();
        }
        if ((_cr.Value & _start) != 0) StartErase();
        _interrupt();
    }

    private void StartErase()
    {
        uint mode = _cr.Value & (Ser | Ber);
        int sectors = (int)((Memory?.Size ?? 0) / _kind.SectorSize), sector = (int)_cr.Field(_kind.SectorBit, _kind.SectorWidth);
        if (Memory is null) Refuse(PgsErr, $"{Cr}: START{Number} set, but this part has no bank {Number}");
        else if (_filled != 0) Refuse(IncErr, $"{Cr}: START{Number} set while the write buffer is not empty (INCERR)");
        else if (mode is not (Ser or Ber)) Refuse(PgsErr, $"{Cr}: START{Number} set with SER, BER = 0x{mode >> 2:X}: an erase wants exactly one");
        else if (mode == Ser && sector >= sectors) Refuse(PgsErr, $"{Cr}: SNB{Number} = {sector}: the part has {sectors} sectors in bank {Number}");
        else if (mode == Ber) EraseBank();
        else Erase(sector, 1, _kind.EraseTimes[Parallelism]);
    }

    /// <summary>CR.PSIZE.</summary>
    private uint Parallelism => _kind.HasParallelism ? _cr.Field(4, 2) : 0;

    /// <summary>All of it, unless a sector is protected.</summary>
    public void EraseBank()
    {
        int sectors = (int)(Memory!.Size / _kind.SectorSize);
        Erase(0, sectors, _kind.BankEraseTime(sectors, Parallelism));
    }

    private void Erase(int first, int count, ulong duration)
    {
        for (int i = first; i < first + count; i++)
            if (Protected(i)) return;
        uint from = (uint)first * _kind.SectorSize, size = (uint)count * _kind.SectorSize;
        Begin(true, from, size, duration, () =>
        {
            Memory!.Span.Slice((int)from, (int)size).Fill(0xFF);
            for (uint word = from / _wordSize; word < (from + size) / _wordSize; word++) Mark(word, programmed: false);
            _cr.Value &= ~_start;
        }, progress => TearErase(from, size, progress));
    }

    private bool Protected(int sector)
    {
        if ((_unprotected() >> sector / (int)_kind.SectorsPerProtection & 1) != 0) return false;
        _sr.Value |= WrpErr;
        _cr.Value &= ~_start;
        _interrupt();
        return true;
    }

    private void Begin(bool isErase, uint offset, uint size, ulong duration, Action finish, Action<double> tear) => _busy!.Begin(isErase, offset, size, duration, () =>
    {
        finish();
        _sr.Value |= Eop;
        _interrupt();
    }, tear);

    private void Mark(uint word, bool programmed, bool unreadable = false)
    {
        _programmed[(int)word] = programmed;
        Memory!.Holes![word] = unreadable;
    }

    private Span<byte> Word(uint word) => Memory!.Span.Slice((int)(word * _wordSize), (int)_wordSize);

    private void TearErase(uint offset, uint size, double progress)
    {
        for (uint word = offset / _wordSize; word < (offset + size) / _wordSize; word++)
            if (TornCells.Erase(Word(word), progress, _operations.Random) is var line and not TornLine.Old)
                Mark(word, line == TornLine.Random, line == TornLine.Random && EccFails(_operations.Random.Next(2, 100)));
    }

    /// <summary>Data and ECC bits get there in any order. A word without any is untouched; one that lacks none, or one that ECC corrects, is whole.</summary>
    private void TearProgram(uint word, byte[] data, double progress)
    {
        if (progress == 0) return;
        int missing = TornCells.Program(Word(word), data, progress, _operations.Random);
        for (int bit = 0; bit < EccBits; bit++)
            if (_operations.Random.Next(2) == 0 && _operations.Random.NextDouble() >= progress) missing++;
        if (missing <= 1) data.CopyTo(Word(word));
        Mark(word, programmed: true, missing > 1 && (EccFails(missing) || !Word(word).ContainsAnyExcept((byte)0xFF)));
    }

    /// <summary>
    /// Whether so many wrong bits are noticed. ECC corrects one and sees two (RM0433 4.3.12); with more, an even count is seen, and an odd one passes for a single error in one of two cases, as
    /// 266 of the 512 odd syndromes of ten bits belong to a bit. The word then reads as something else.
    /// </summary>
    private bool EccFails(int wrongBits) => wrongBits % 2 == 0 || _operations.Random.Next(2) == 0;

    /// <summary>A read of a word with a double error: a flag, its address (the first since the flags were cleared), and a bus error (RM0433 4.3.12, 4.9.24).</summary>
    private void ReportUnreadable(uint word)
    {
        if ((_sr.Value & (SnEccErr | DbEccErr)) == 0) _failed.Value = word;
        _sr.Value |= DbEccErr;
        _interrupt();
    }

    private void ClearFlags(uint written)
    {
        _sr.Value &= ~(written & 0x1FEF_0000);
        if ((written & (SnEccErr | DbEccErr)) != 0) _failed.Value = 0;
        _interrupt();
    }

    /// <summary>A store into the bank's address range goes to the write buffer, which programs itself when it is full (RM0433 4.3.9).</summary>
    private void Write(uint offset, uint value, int width)
    {
        string at = $"flash 0x{Memory!.Address + offset:X8}";
        uint word = offset / _wordSize, first = offset % _wordSize, lanes = ((1u << width) - 1) << (int)first;
        if ((_cr.Value & Lock) != 0) Refuse(PgsErr, $"{at} written while {Cr} is locked");
        else if ((_cr.Value & Pg) == 0) Refuse(PgsErr, $"{at} written while {Cr}.PG{Number} = 0 (PGSERR)");
        else
        {
            _busy!.Wait();
            if (_filled != 0 && word != _bufferWord) Refuse(IncErr, $"{at} written while the write buffer holds part of another flash word (INCERR)");
            else if (Protected((int)(offset / _kind.SectorSize))) return;
            else if (_strict && IsProgrammed(word)) throw new BenchStop($"{at}: its flash word is programmed already: without an erase between the ECC would be wrong (RM0433 4.3.9)");
            else if ((_filled & lanes) != 0) Refuse(StrbErr, $"{at} written twice into the write buffer (STRBERR)");
            else Fill(word, first, value, width, lanes);
        }
    }

    private bool IsProgrammed(uint word) => _programmed[(int)word] || Word(word).ContainsAnyExcept((byte)0xFF);

    private void Fill(uint word, uint first, uint value, int width, uint lanes)
    {
        _bufferWord = word;
        _filled |= lanes;
        for (int i = 0; i < width; i++) _buffer[first + i] = (byte)(value >> 8 * i);
        if (_filled == uint.MaxValue >> 32 - (int)_wordSize) ProgramBuffer();
    }

    private void ProgramBuffer()
    {
        for (int i = 0; i < _wordSize; i++)
            if ((_filled >> i & 1) == 0) _buffer[i] = 0xFF;
        byte[] data = [.. _buffer];
        uint word = _bufferWord;
        _filled = 0;
        Begin(false, word * _wordSize, _wordSize, _kind.ProgramTimes[Parallelism], () =>
        {
            // Over another word: cells and ECC bits only lose ones, and then seldom fit.
            bool spoilt = IsProgrammed(word) && !Word(word).SequenceEqual(data);
            for (int i = 0; i < _wordSize; i++) Word(word)[i] &= data[i];
            Mark(word, programmed: true, unreadable: spoilt);
        }, progress => TearProgram(word, data, progress));
    }
}
