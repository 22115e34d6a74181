namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>
/// A W25Q16JV on a serial bus of one data line each way: 2 MB (or one of its sisters of another size), pages of 256 bytes, sectors of 4 KB. Bytes go both ways at once; a command that changes something begins at the rise of chip
/// select, if it is complete and the write enable latch is set. While busy only the status registers answer. Commands on two or four lines stop the bench.
/// </summary>
public sealed class SpiFlash
{
    private const int Page = 256, Sector = 4096, HalfBlock = 32 * 1024, Block = 64 * 1024;
    private const byte Busy = 1, Wel = 2;

    private readonly TimeBase _time;
    private readonly MemoryRegion _array;
    private readonly int _size;
    private readonly FlashTimes _times;
    private readonly byte[] _page = new byte[Page];
    private readonly byte[] _id = [0xD1, 0x63, 0x4C, 0x72, 0x5B, 0x1A, 0x2F, 0x30];
    private readonly List<ulong> _programs = [];
    private TimeBase.Event? _end;
    private ulong _selectedAt;
    private bool _selected, _enabled, _deaf, _resetArmed, _asleep;
    private byte _command;
    private int _count, _stored;
    private uint _address;
    private (int Offset, int Size) _torn;

    public SpiFlash(TimeBase time, MemoryRegion array, FlashTimes times)
    {
        (_time, _array, _times, _size) = (time, array, times, (int)array.Size);
        Work = new(time);
        (Sfdp, Capacity) = (Tables(_size), (byte)int.Log2(_size));
        array.Span.Fill(0xFF);
    }

    /// <summary>What READ SFDP answers. JESD216: header, one table of nine words: 4 KB erase, 24 bits of address, the size, the fast reads and erase types of the data sheet. Empty: an older part, which has none.</summary>
    public byte[] Sfdp { get; set; }

    /// <summary>The size's logarithm, as the JEDEC id has it.</summary>
    public byte Capacity { get; set; }

    public bool IsBusy => _end is not null;

    /// <summary>Its operations, each from the fall of chip select on: what is programmed comes over the serial bus first, and nothing else can go on meanwhile.</summary>
    public FlashWork Work { get; }

    /// <summary>Operations so far, and commands that were refused: while busy, without write enable, or cut short.</summary>
    public int Programs => _programs.Count;
    public int Erases { get; private set; }
    public int Refused { get; private set; }

    /// <summary>When each page began to be programmed, femtoseconds.</summary>
    public IReadOnlyList<ulong> ProgramTimes => _programs;

    /// <summary>Chip select; true is low.</summary>
    public bool Selected
    {
        get => _selected;
        set
        {
            if (value == _selected) return;
            _selected = value;
            if (value) (_count, _stored, _deaf, _selectedAt) = (0, 0, false, _time.Now);
            else if (_count > 0) Deselected();
        }
    }

    /// <summary>Eight clocks.</summary>
    public byte Exchange(byte data)
    {
        if (!_selected || _deaf) return 0xFF;
        int at = _count++;
        if (at == 0)
        {
            Begin(data);
            return 0xFF;
        }
        if (at <= 3) _address = _address << 8 | data;
        switch (_command)
        {
            case 0x05: return (byte)((IsBusy ? Busy : 0) | (_enabled ? Wel : 0));
            case 0x35: return 2;             // QE: parts for this board are sold with it set
            case 0x15: return 0x60;
            case 0x9F: return (byte)(((ReadOnlySpan<byte>)[0xEF, 0x40, Capacity])[(at - 1) % 3]);
            case 0x4B: return at <= 4 ? (byte)0xFF : _id[(at - 5) % 8];
            case 0x90: return at <= 3 ? (byte)0xFF : (at & 1) == 0 ? (byte)0xEF : (byte)(Capacity - 1);
            case 0xAB: return at <= 3 ? (byte)0xFF : (byte)(Capacity - 1);
            case 0x5A: return at <= 4 ? (byte)0xFF : Sfdp.Length == 0 ? (byte)0xFF : Sfdp[(int)((_address & 0xFF) + (uint)at - 5) % Sfdp.Length];
            case 0x03: return at <= 3 ? (byte)0xFF : ReadNext();
            case 0x0B: return at <= 4 ? (byte)0xFF : ReadNext();
            case 0x02 when at > 3:
                // More than a page begins again at the page's start.
                _page[(_address + (uint)_stored++) & (Page - 1)] = data;
                break;
        }
        return 0xFF;
    }

    /// <summary>What was being written is neither old nor new.</summary>
    public void PowerOff()
    {
        if (IsBusy)
        {
            new Random(_torn.Offset).NextBytes(_array.Span.Slice(_torn.Offset, _torn.Size));
            _array.ContentsChanged();
        }
        _end?.Cancel();
        (_end, _selected, _enabled, _asleep, _count) = (null, false, false, false, 0);
    }

    private void Begin(byte command)
    {
        if (_asleep && command != 0xAB || IsBusy && command is not (0x05 or 0x35 or 0x15))
        {
            Refused++;
            _deaf = true;
            return;
        }
        (_command, _address) = (command, 0);
        if (command == 0x02) Array.Fill(_page, (byte)0xFF);
        if (command is not (0x01 or 0x02 or 0x03 or 0x04 or 0x05 or 0x06 or 0x0B or 0x15 or 0x20 or 0x35 or 0x4B or 0x50 or 0x52 or 0x5A or 0x60 or 0x66 or 0x90 or 0x99 or 0x9F or 0xAB or 0xB9 or 0xC7 or 0xD8 or 0xFF))
            throw new BenchStop($"W25Q16: command 0x{command:X2}, which is not modelled");
    }

    private byte ReadNext() => _array.Span[(int)(_address++ & _size - 1)];

    private void Deselected()
    {
        bool armed = _resetArmed;
        _resetArmed = false;
        if (_deaf) return;
        switch (_command)
        {
            case 0x06: _enabled = _count == 1 || _enabled; break;
            case 0x04: _enabled = false; break;
            case 0x66: _resetArmed = true; break;
            case 0x99 when armed: PowerOff(); break;
            case 0xB9: _asleep = true; break;
            case 0xAB: _asleep = false; break;
            case 0x01: throw new BenchStop("W25Q16: a write to the status register, which is not modelled");
            case 0x02: Program(); break;
            case 0x20: Erase(Sector, _times.Sector, 4); break;
            case 0x52: Erase(HalfBlock, _times.HalfBlock, 4); break;
            case 0xD8: Erase(Block, _times.Block, 4); break;
            case 0xC7 or 0x60: Erase(_size, _times.Chip, 1); break;
        }
    }

    private void Program()
    {
        if (!_enabled || _stored == 0)
        {
            Refused++;
            return;
        }
        uint page = _address & (uint)(_size - Page);
        var target = _array.Span.Slice((int)page, Page);
        for (int i = 0; i < Page; i++) target[i] &= _page[i];
        _programs.Add(_time.Now);
        Start((int)page, Page, _times.Page);
    }

    /// <summary>An erase must end with its last address bit.</summary>
    private void Erase(int size, ulong duration, int length)
    {
        if (!_enabled || _count != length)
        {
            Refused++;
            return;
        }
        int offset = (int)(_address & _size - 1) & -size;
        _array.Span.Slice(offset, size).Fill(0xFF);
        Erases++;
        Start(offset, size, duration);
    }

    private void Start(int offset, int size, ulong duration)
    {
        _torn = (offset, size);
        _array.ContentsChanged();
        Work.Note(_selectedAt, _time.Now - _selectedAt + duration);
        _end = _time.After(duration, () => (_end, _enabled) = (null, false));
    }

    private static byte[] Tables(int size)
    {
        byte[] table = [.. Enumerable.Repeat((byte)0xFF, 256)];
        "SFDP"u8.CopyTo(table);
        uint[] header = [0xFF00_0001, 0x0901_0000, 0xFF00_0080], words = [0xFFF9_20E5, (uint)size * 8 - 1, 0x6B08_EB44, 0xBB42_3B08, 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFF, 0x520F_200C, 0xFFFF_D810];
        for (int i = 0; i < header.Length; i++) BitConverter.TryWriteBytes(table.AsSpan(4 + i * 4), header[i]);
        for (int i = 0; i < words.Length; i++) BitConverter.TryWriteBytes(table.AsSpan(0x80 + i * 4), words[i]);
        return table;
    }
}
