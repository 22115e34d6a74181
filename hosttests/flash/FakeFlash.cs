using SharpProbe.Flashing;

namespace SharpProbe.Tests.Flashing;

/// <summary>
/// Flash in memory that loses power at a given operation (an erase, or one program unit) and tears it. With units of 32 bytes a torn word mostly cannot be read, as ECC fails. Programming what is
/// not erased fails the test.
/// </summary>
public sealed class FakeFlash : FlashDevice
{
    private readonly uint[] _sizes;
    private readonly byte[] _bytes;
    private readonly bool[] _touched, _unreadable;
    private readonly Random _random;
    private readonly uint _unit;

    public FakeFlash(uint unit, int seed, params uint[] sizes)
    {
        (_unit, _sizes, _random) = (unit, sizes, new(seed));
        _bytes = new byte[sizes.Sum(s => s)];
        Array.Fill(_bytes, Erased);
        (_touched, _unreadable) = (new bool[_bytes.Length / unit], new bool[_bytes.Length / unit]);
        Wear = new int[sizes.Length];
    }

    public override uint Base => 0x0800_0000;
    public override uint Size => (uint)_bytes.Length;
    public override uint ProgramUnit => _unit;
    public override int SectorCount => _sizes.Length;

    /// <summary>Operations so far.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation (0 is the first) that the power does not survive; -1: it stays.</summary>
    public int CutAt { get; set; } = -1;

    public CutMoment Moment { get; set; }

    /// <summary>Operations that fail with <see cref="FlashResult.Refused"/> and change nothing.</summary>
    public HashSet<int> Refused { get; } = [];

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Contents => _bytes;

    /// <summary>Erases begun, by sector.</summary>
    public int[] Wear { get; }

    public override FlashSector Sector(int index) => new(Base + _sizes.Take(index).Aggregate(0u, (sum, s) => sum + s), _sizes[index], 500);

    public override FlashResult Erase(int sector)
    {
        if (sector < 0 || sector >= SectorCount) return FlashResult.OutOfRange;
        var at = Sector(sector);
        int first = (int)((at.Address - Base) / _unit), count = (int)(at.Size / _unit);
        if (Begin()) return FlashResult.Refused;
        Wear[sector]++;
        if (Cut)
        {
            for (int i = first; i < first + count && Moment != CutMoment.Start; i++) TearErase(i);
            throw new PowerLost();
        }
        for (int i = first; i < first + count; i++) EraseUnit(i);
        return FlashResult.Ok;
    }

    public override FlashResult Program(uint address, ReadOnlySpan<byte> data)
    {
        if (address % _unit != 0 || data.Length % _unit != 0 || !Holds(address, data.Length)) return FlashResult.OutOfRange;
        int unit = (int)((address - Base) / _unit);
        for (int i = 0; i < data.Length; i += (int)_unit, unit++)
        {
            Assert.False(_touched[unit] || Unit(unit).ContainsAnyExcept(Erased), $"0x{Base + unit * _unit:X8} is programmed without an erase before");
            if (Begin()) return FlashResult.Refused;
            var source = data.Slice(i, (int)_unit);
            if (Cut)
            {
                if (Moment == CutMoment.Middle) TearProgram(unit, source);
                if (Moment == CutMoment.End) Write(unit, source);
                throw new PowerLost();
            }
            Write(unit, source);
        }
        return FlashResult.Ok;
    }

    public override bool Read(uint address, Span<byte> data)
    {
        data.Fill(Erased);
        if (!Holds(address, data.Length)) return false;
        bool good = true;
        for (int i = 0; i < data.Length; i++)
        {
            uint at = address - Base + (uint)i;
            if (_unreadable[at / _unit]) good = false;
            else data[i] = _bytes[at];
        }
        return good;
    }

    /// <summary>Contents past all rules, as a test wants them; null: the unit cannot be read.</summary>
    public void Put(uint address, byte[]? unit)
    {
        int at = (int)((address - Base) / _unit);
        _unreadable[at] = unit is null;
        _touched[at] = true;
        unit?.CopyTo(Unit(at));
    }

    private bool Cut => Operations - 1 == CutAt;

    private bool Begin() => Refused.Contains(Operations++);

    private Span<byte> Unit(int index) => _bytes.AsSpan(index * (int)_unit, (int)_unit);

    private void Write(int unit, ReadOnlySpan<byte> data)
    {
        data.CopyTo(Unit(unit));
        _touched[unit] = true;
    }

    private void EraseUnit(int unit)
    {
        Unit(unit).Fill(Erased);
        (_touched[unit], _unreadable[unit]) = (false, false);
    }

    private void TearProgram(int unit, ReadOnlySpan<byte> data)
    {
        var bytes = Unit(unit);
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(data[i] | _random.Next(256));
        bool any = bytes.ContainsAnyExcept(Erased);
        _touched[unit] = any;
        _unreadable[unit] = any && _unit == 32 && _random.Next(8) != 0 && !bytes.SequenceEqual(data);
    }

    private void TearErase(int unit)
    {
        switch (_random.Next(4))
        {
            case 0: break;                                       // as it was
            case 1: EraseUnit(unit); break;
            default:
                var bytes = Unit(unit);
                for (int i = 0; i < bytes.Length; i++) bytes[i] |= (byte)_random.Next(256);
                _touched[unit] = true;
                _unreadable[unit] = _unit == 32 && _random.Next(8) != 0;
                break;
        }
    }
}
