using SharpProbe.Sim.Chips;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// The memory protection unit, PMSAv7 (DDI0403 B3.5) and PMSAv6 (DDI0419 B3.5). A small cache of 32-byte granules, below which no permission changes, answers most
/// checks; <see cref="Changed"/> tells the core to drop whatever it derived from them.
/// </summary>
public sealed class Mpu
{
    private const int GranuleBits = 5, Entries = 1024;
    private const uint EnableBit = 1, HfNmiEna = 2, PrivDefEna = 4;

    private readonly MpuRegion[] _regions;
    private readonly uint[] _cacheTag = new uint[Entries];
    private readonly MpuAccess[] _cacheAccess = new MpuAccess[Entries];
    private uint _control, _number;

    public Mpu(int regions)
    {
        _regions = new MpuRegion[regions];
        Reset();
    }

    /// <summary>MPU_CTRL.ENABLE on an MPU that exists.</summary>
    public bool Enabled => (_control & EnableBit) != 0;

    /// <summary>MPU_CTRL.HFNMIENA: also checked in NMI, HardFault and with FAULTMASK set.</summary>
    public bool ChecksHardFault => (_control & HfNmiEna) != 0;

    /// <summary>Raised after any change of the permissions.</summary>
    public Action? Changed { get; set; }

    public IReadOnlyList<MpuRegion> Regions => _regions;

    public void Reset()
    {
        Array.Clear(_regions);
        (_control, _number) = (0, 0);
        Flush();
    }

    public IEnumerable<Register> Registers()
    {
        yield return new() { Name = "MPU_TYPE", Offset = 0xD90, OnRead = () => (uint)_regions.Length << 8, WriteMask = 0 };
        if (_regions.Length == 0) yield break;
        yield return new() { Name = "MPU_CTRL", Offset = 0xD94, OnRead = () => _control, OnWrite = (_, v) => WriteControl(v) };
        yield return new() { Name = "MPU_RNR", Offset = 0xD98, OnRead = () => _number, OnWrite = (_, v) => SelectRegion(v & 0xFF) };
        for (uint alias = 0; alias < 4; alias++)
        {
            string suffix = alias == 0 ? "" : $"_A{alias}";
            yield return new() { Name = "MPU_RBAR" + suffix, Offset = 0xD9C + alias * 8, OnRead = ReadBase, OnWrite = (_, v) => WriteBase(v) };
            yield return new() { Name = "MPU_RASR" + suffix, Offset = 0xDA0 + alias * 8, OnRead = () => _regions[_number].Attributes, OnWrite = (_, v) => WriteAttributes(v) };
        }
    }

    /// <summary>Permission at an address while the MPU is on (B3.5.3): the highest-numbered region that contains it wins.</summary>
    public MpuAccess AccessAt(uint address)
    {
        uint granule = address >> GranuleBits;
        uint slot = granule % Entries;
        if (_cacheTag[slot] != granule) (_cacheTag[slot], _cacheAccess[slot]) = (granule, Evaluate(address));
        return _cacheAccess[slot];
    }

    /// <summary>True when one permission covers the whole aligned block of 2^<paramref name="bits"/> bytes: the core may then keep a direct pointer to it.</summary>
    public bool IsUniform(uint address, int bits)
    {
        uint first = address >> bits << bits;
        ulong end = first + (1UL << bits);
        foreach (var r in _regions)
        {
            if (!r.Enabled || r.GranuleBits >= bits) continue;
            if (r.Base < end && r.Base + (1UL << r.SizeBits) > first) return false;
        }
        return true;
    }

    private MpuAccess Evaluate(uint address)
    {
        // The private peripheral bus is never checked and never executable (B3.5.1).
        if (address >> 20 == 0xE00) return MpuAccess.All & ~MpuAccess.Execute;
        for (int i = _regions.Length - 1; i >= 0; i--)
        {
            if (!_regions[i].Contains(address)) continue;
            var access = _regions[i].Access;
            return IsExecuteNeverByDefault(address) && address >= 0xE000_0000 ? access & ~MpuAccess.Execute : access;
        }
        if ((_control & PrivDefEna) == 0) return MpuAccess.None;
        var background = MpuAccess.PrivilegedRead | MpuAccess.PrivilegedWrite;
        return IsExecuteNeverByDefault(address) ? background : background | MpuAccess.Execute;
    }

    /// <summary>XN of the default memory map (DDI0403 table B3-1): Peripheral, Device and System space.</summary>
    public static bool IsExecuteNeverByDefault(uint address) => (address >> 29) is 2 or 5 or 6 or 7;

    private void Flush()
    {
        Array.Fill(_cacheTag, uint.MaxValue);       // no granule has this number
        Changed?.Invoke();
    }

    private void WriteControl(uint value)
    {
        if ((value & (EnableBit | HfNmiEna)) == HfNmiEna)
            throw new BenchStop("MPU_CTRL written with HFNMIENA and without ENABLE, which is unpredictable (DDI0403 B3.5.5)");
        _control = value & 7;
        Flush();
    }

    private void SelectRegion(uint number)
    {
        if (number >= _regions.Length) throw new BenchStop($"MPU region {number} selected; this part has {_regions.Length}");
        _number = number;
    }

    private uint ReadBase() => _regions[_number].Base | _number;

    private void WriteBase(uint value)
    {
        const uint Valid = 0x10;
        if ((value & Valid) != 0) SelectRegion(value & 15);
        _regions[_number].Base = value & ~31u;
        Flush();
    }

    private void WriteAttributes(uint value)
    {
        ref var r = ref _regions[_number];
        r.Attributes = value & 0x173F_FF3F;
        if (r.Enabled && r.SizeBits < 5)
            throw new BenchStop($"MPU region {_number} enabled with SIZE below 32 bytes, which is unpredictable (DDI0403 B3.5.9)");
        if (r.Enabled && r.SizeBits < 32 && (r.Base & (1u << r.SizeBits) - 1) != 0)
            throw new BenchStop($"MPU region {_number}: base 0x{r.Base:X8} is not aligned to its size of 2^{r.SizeBits} bytes, which is unpredictable (DDI0403 B3.5.8)");
        Flush();
    }
}
