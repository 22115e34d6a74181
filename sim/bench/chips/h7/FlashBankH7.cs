using System.Collections;
using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// One flash bank of STM32H743 and H750 (RM0433 chapter 4): sectors of 128 KB, flash words of 256 bits with ECC that are programmed whole, once. What silicon
/// answers with an error flag and a lost write stops the bench.
/// </summary>
public sealed class FlashBankH7
{
    private const uint Lock = 1, Pg = 2, Ser = 4, Ber = 8, Fw = 0x40, Start = 0x80, Eop = 1 << 16, WrpErr = 1 << 17, SnEccErr = 1 << 25, DbEccErr = 1 << 26;
    private const uint SectorSize = 128 * 1024, WordSize = 32;
    private const int EccBits = 10;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    /// <summary>Typical milliseconds of a sector erase and microseconds of a flash word by PSIZE (x8 to x64): DS12110 table "Flash memory programming".</summary>
    private static readonly ulong[] EraseMilliseconds = [2000, 1800, 1100, 1000], ProgramMicroseconds = [290, 180, 130, 100];

    private readonly FlashBusy? _busy;
    private readonly FlashOperations _operations;
    private readonly Register _cr, _sr, _failed;
    private readonly Func<uint> _unprotected;
    private readonly Action _interrupt;
    private readonly byte[] _buffer = new byte[WordSize];
    private readonly BitArray _programmed;
    private readonly FlashKey _key;
    private uint _filled, _bufferWord;

    /// <param name="number">1 or 2.</param>
    /// <param name="memory">The array; null where the part has none.</param>
    /// <param name="time">Simulated time.</param>
    /// <param name="operations">The chip's flash operations.</param>
    /// <param name="unprotected">WPSN of this bank: a one for each sector that may be written.</param>
    /// <param name="interrupt">Called when a flag or its enable changed.</param>
    public FlashBankH7(int number, MemoryRegion? memory, TimeBase time, FlashOperations operations, Func<uint> unprotected, Action interrupt)
    {
        (Number, Memory, _operations, _unprotected, _interrupt) = (number, memory, operations, unprotected, interrupt);
        _key = FlashKey.Control(RefuseKey);
        _programmed = new((int)((memory?.Size ?? 0) / WordSize));
        if (memory is not null)
        {
            _busy = new(time, memory, operations);
            memory.Span.Fill(0xFF);
            memory.Holes = new(memory.Size / WordSize, WordSize, ReportUnreadable);
            memory.OnWrite = Write;
        }
        uint at = number == 1 ? 0u : 0x100;
        uint enables = 0x1FEF_0000;
        _cr = new()
        {
            Name = $"CR{number}", Offset = at + 0x0C, Reset = 0x31, ReadMask = enables | 0x87FF, WriteMask = enables | 0x87FF, Widths = 4,
            Unmodelled = [new("CRC_EN", 1 << 15)], OnWrite = WriteCr,
        };
        _sr = new() { Name = $"SR{number}", Offset = at + 0x10, ReadMask = 0x1FEF_000F, WriteMask = 0, OnRead = () => _sr!.Value | (Busy ? 5u : 0) | (_filled != 0 ? 2u : 0) };
        _failed = new() { Name = $"ECC_FA{number}R", Offset = at + 0x60, ReadMask = 0x7FFF, WriteMask = 0 };
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
        if (_key.Opens(key)) _cr.Value &= ~Lock;
    }

    private void RefuseKey(uint key) => throw new BenchStop($"FLASH.KEYR{Number}: 0x{key:X8} is not the next key: {Cr} stays locked until reset (RM0433 4.5.1)");

    private void WriteCr(uint old, uint written)
    {
        if ((old & Lock) != 0)
        {
            _cr.Value = old;
            if ((written & ~Lock) != (old & ~Lock)) throw new BenchStop($"{Cr}: 0x{written:X8} written while LOCK{Number} = 1: unlock it through KEYR{Number} first");
            return;
        }
        if (Busy && ((old ^ _cr.Value) & 0x7FE) != 0) throw new BenchStop($"{Cr}: 0x{written:X8} written while an operation is under way (QW{Number} = 1)");
        if ((_cr.Value & Fw) != 0)
        {
            _cr.Value &= ~Fw;
            if (_filled != 0) ProgramBuffer();
        }
        if ((_cr.Value & Start) != 0) StartErase();
        _interrupt();
    }

    private void StartErase()
    {
        uint mode = _cr.Value & (Ser | Ber);
        if (Memory is null) throw new BenchStop($"{Cr}: START{Number} set, but this part has no bank {Number}");
        if (_filled != 0) throw new BenchStop($"{Cr}: START{Number} set while the write buffer is not empty (INCERR)");
        int sectors = (int)(Memory.Size / SectorSize), sector = (int)_cr.Field(8, 3);
        if (mode is not (Ser or Ber)) throw new BenchStop($"{Cr}: START{Number} set with SER, BER = 0x{mode >> 2:X}: an erase wants exactly one");
        if (mode == Ser && sector >= sectors) throw new BenchStop($"{Cr}: SNB{Number} = {sector}: the part has {sectors} sectors in bank {Number}");
        var (first, count) = mode == Ser ? (sector, 1) : (0, sectors);
        for (int i = first; i < first + count; i++)
            if (Protected(i)) return;
        uint from = (uint)first * SectorSize, size = (uint)count * SectorSize;
        Begin(true, from, size, (ulong)count * EraseMilliseconds[_cr.Field(4, 2)] * 1000 * Microsecond, () =>
        {
            Memory.Span.Slice((int)from, (int)size).Fill(0xFF);
            for (uint word = from / WordSize; word < (from + size) / WordSize; word++) Mark(word, programmed: false);
            _cr.Value &= ~Start;
        }, progress => TearErase(from, size, progress));
    }

    private bool Protected(int sector)
    {
        if ((_unprotected() >> sector & 1) != 0) return false;
        _sr.Value |= WrpErr;
        _cr.Value &= ~Start;
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

    private Span<byte> Word(uint word) => Memory!.Span.Slice((int)(word * WordSize), (int)WordSize);

    private void TearErase(uint offset, uint size, double progress)
    {
        for (uint word = offset / WordSize; word < (offset + size) / WordSize; word++)
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
        if ((_cr.Value & Lock) != 0) throw new BenchStop($"{at} written while {Cr} is locked");
        if ((_cr.Value & Pg) == 0) throw new BenchStop($"{at} written while {Cr}.PG{Number} = 0 (PGSERR)");
        _busy!.Wait();
        uint word = offset / WordSize, first = offset % WordSize;
        if (_filled != 0 && word != _bufferWord) throw new BenchStop($"{at} written while the write buffer holds part of another flash word (INCERR)");
        if (Protected((int)(offset / SectorSize))) return;
        if (_programmed[(int)word] || Memory.Span.Slice((int)(word * WordSize), (int)WordSize).ContainsAnyExcept((byte)0xFF))
            throw new BenchStop($"{at}: its flash word is programmed already: without an erase between the ECC would be wrong (RM0433 4.3.9)");
        _bufferWord = word;
        for (int i = 0; i < width; i++)
        {
            uint bit = 1u << (int)first + i;
            if ((_filled & bit) != 0) throw new BenchStop($"{at} written twice into the write buffer (STRBERR)");
            _filled |= bit;
            _buffer[first + i] = (byte)(value >> 8 * i);
        }
        if (_filled == uint.MaxValue) ProgramBuffer();
    }

    private void ProgramBuffer()
    {
        for (int i = 0; i < WordSize; i++)
            if ((_filled >> i & 1) == 0) _buffer[i] = 0xFF;
        byte[] data = [.. _buffer];
        uint word = _bufferWord;
        _filled = 0;
        Begin(false, word * WordSize, WordSize, ProgramMicroseconds[_cr.Field(4, 2)] * Microsecond, () =>
        {
            data.CopyTo(Word(word));
            Mark(word, programmed: true);
        }, progress => TearProgram(word, data, progress));
    }
}
