using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>
/// What IAP of the LPC boot ROMs does (UM10360 32.8, UM10462 20.14): commands 50 to 58 with their checks and status codes, times of the data sheets. The ROM's code hands it the addresses of command
/// and result and polls. Sectors are erased or written only after "prepare", which each success takes back. A clock argument that is not the core's stops the target: times would be wrong.
/// Parts with two banks (UM10503 47.8) want "init" before anything else and take the bank behind the other arguments; told of too fast a clock they only take longer, as debuggers tell them of the fastest.
/// </summary>
public sealed class Iap : IBusDevice
{
    private const uint Success = 0, InvalidCommand = 1, SourceAddress = 2, DestinationAddress = 3, SourceNotMapped = 4, DestinationNotMapped = 5, BadCount = 6, InvalidSector = 7, NotBlank = 8, NotPrepared = 9, Different = 10, InvalidUnit = 20;
    private const int TopOfRam = 32;

    private readonly Bus _bus;
    private readonly TimeBase _time;
    private readonly MemoryRegion _ram;
    private readonly LpcPart _part;
    private uint _command, _preparedBank;
    private ulong _prepared;
    private bool _initialised;
    private readonly uint[] _arguments = new uint[5];

    /// <param name="bus">Of the chip.</param>
    /// <param name="time">Of the chip.</param>
    /// <param name="flash">Main flash.</param>
    /// <param name="ram">Whose last bytes it uses.</param>
    /// <param name="part">Its sectors.</param>
    public Iap(Bus bus, TimeBase time, LpcFlash flash, MemoryRegion ram, LpcPart part)
    {
        (_bus, _time, Flash, _ram, _part) = (bus, time, flash, ram, part);
    }

    public string Name => "IAP";

    public LpcFlash Flash { get; }

    /// <summary>Nothing is prepared any more.</summary>
    public void Reset() => (_prepared, _initialised) = (0, false);

    private bool HasBanks => Flash.Banks.Count > 1;

    public uint Read(uint offset, int width) => offset == 8 && Flash.Work.Busy ? 1u : 0;

    public void Write(uint offset, uint value, int width)
    {
        if (offset == 0) _command = value;
        else if (offset == 4) Run(value);
    }

    private void Run(uint result)
    {
        if (!_bus.TryRead(_command, 4, out uint code)) throw new BenchStop($"IAP: the command is at 0x{_command:X8}, where nothing is");
        for (uint i = 0; i < 5; i++) _bus.TryRead(_command + 4 + i * 4, 4, out _arguments[i]);
        // "Flash programming commands use the top 32 bytes of on-chip RAM."
        _ram.Span[^TopOfRam..].Fill(0xA5);
        if (HasBanks && code is not (49 or 54 or 55 or 58) && !_initialised) throw new BenchStop($"IAP: command {code} before 49, initialise");
        uint status = code switch
        {
            49 when HasBanks => Initialise(),
            50 => Prepare(),
            51 => Copy(),
            52 => Erase(),
            53 => BlankCheck(result),
            54 => HasBanks ? Answer(result, _part.PartId, _part.FlashId) : Answer(result, _part.PartId),
            55 => Answer(result, 0x0000_0402),
            56 => Compare(result),
            58 => Answer(result, 0x0B0C_1A2D, 0xAE96_9C51, 0x4E8A_7F05, 0xF500_0022),
            _ => InvalidCommand,
        };
        Put(result, status);
    }

    private void Put(uint address, uint value)
    {
        if (!_bus.TryWrite(address, value, 4)) throw new BenchStop($"IAP: the result is at 0x{address:X8}, where nothing is");
    }

    private uint Answer(uint result, params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++) Put(result + 4 + (uint)i * 4, words[i]);
        return Success;
    }

    private bool IsRange(uint first, uint last) => first <= last && last < _part.Sectors;

    private static ulong Mask(uint first, uint last) => ulong.MaxValue >> (63 - (int)last) & ulong.MaxValue << (int)first;

    private uint Initialise()
    {
        _initialised = true;
        return Success;
    }

    /// <summary>The bank that an argument names; 0 where there is one.</summary>
    private bool TryBank(int argument, out uint bank)
    {
        bank = HasBanks ? _arguments[argument] : 0;
        return bank < Flash.Banks.Count;
    }

    private uint Prepare()
    {
        if (!TryBank(2, out _preparedBank)) return InvalidUnit;
        if (!IsRange(_arguments[0], _arguments[1])) return InvalidSector;
        _prepared = Mask(_arguments[0], _arguments[1]);
        return Success;
    }

    private uint Erase()
    {
        var (first, last) = (_arguments[0], _arguments[1]);
        if (!TryBank(3, out uint bank)) return InvalidUnit;
        if (!IsRange(first, last)) return InvalidSector;
        ulong sectors = Mask(first, last);
        if (bank != _preparedBank || (_prepared & sectors) != sectors) return NotPrepared;
        ulong slower = Slower(_arguments[2]);
        _prepared = 0;
        uint start = _part.SectorStart(first), length = _part.SectorStart(last + 1) - start;
        Flash.Erase(Flash.Banks[(int)bank], start, length, _part.EraseTime * slower / 100);
        return Success;
    }

    private uint Copy()
    {
        var (to, from, count) = (_arguments[0], _arguments[1], _arguments[2]);
        if ((from & 3) != 0) return SourceAddress;
        if (to % _part.Page != 0) return DestinationAddress;
        if (_bus.Find(from) is not { Region: { } source } mapping || mapping.Last - from + 1 < count || Flash.Banks.Contains(source)) return SourceNotMapped;
        int bank = 0;
        while (bank < Flash.Banks.Count && to - Flash.Banks[bank].Address >= Flash.Banks[bank].Size) bank++;
        if (bank == Flash.Banks.Count) return DestinationNotMapped;
        to -= Flash.Banks[bank].Address;
        if (!_part.Counts.Contains(count) || count > Flash.Banks[bank].Size - to) return BadCount;
        ulong sectors = Mask(_part.SectorOf(to), _part.SectorOf(to + count - 1));
        if (bank != _preparedBank || (_prepared & sectors) != sectors) return NotPrepared;
        ulong slower = Slower(_arguments[3]);
        _prepared = 0;
        Flash.Program(Flash.Banks[bank], to, source.Span.Slice((int)(from - mapping.Address), (int)count), Math.Max(1, count / _part.Page) * _part.PageTime * slower / 100);
        return Success;
    }

    private uint BlankCheck(uint result)
    {
        if (!TryBank(2, out uint bank)) return InvalidUnit;
        if (!IsRange(_arguments[0], _arguments[1])) return InvalidSector;
        for (uint at = _part.SectorStart(_arguments[0]); at < _part.SectorStart(_arguments[1] + 1); at += 4)
        {
            _bus.TryRead(Flash.Banks[(int)bank].Address + at, 4, out uint word);
            if (word == uint.MaxValue) continue;
            Answer(result, at - _part.SectorStart(_arguments[0]), word);
            return NotBlank;
        }
        return Success;
    }

    private uint Compare(uint result)
    {
        var (one, other, count) = (_arguments[0], _arguments[1], _arguments[2]);
        if (((one | other) & 3) != 0) return SourceAddress;
        if ((count & 3) != 0) return BadCount;
        for (uint at = 0; at < count; at += 4)
        {
            if (!_bus.TryRead(one + at, 4, out uint a) || !_bus.TryRead(other + at, 4, out uint b)) return SourceNotMapped;
            if (a == b) continue;
            Answer(result, at);
            return Different;
        }
        return Success;
    }

    /// <summary>Percent of the nominal times.</summary>
    private ulong Slower(uint kilohertz)
    {
        ulong asked = kilohertz * 1000ul, real = _time.Hertz;
        if (asked * 10 < real * 9 || asked * 10 > real * 11 && !HasBanks) throw new BenchStop($"IAP: told of a core clock of {kilohertz} kHz; it is {real / 1000} kHz");
        return asked * 10 > real * 11 ? 100 * asked / real : 100;
    }
}
