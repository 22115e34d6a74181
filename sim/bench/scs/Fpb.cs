namespace SharpProbe.Sim.Scs;

/// <summary>
/// Flash patch and breakpoint unit, versions 1 (M3, M4) and 2 (M7), and the breakpoint unit of ARMv6-M (DDI0403 C1.11, DDI0489, DDI0419 C1.9).
/// Breakpoints work; remapping stops the bench (the M7 has none).
/// </summary>
public sealed class Fpb : CoreSightBlock
{
    private readonly uint[] _comparators;
    private readonly uint _identification;
    private readonly int _codeComparators, _version;
    private bool _enabled;

    public Fpb(CoreFeatures features) : base(features.IsV6M ? "BPU" : "FPB", features.ComponentParts[2], 0xE0, features.IsM7)
    {
        (_codeComparators, _version) = (features.FpbCodeComparators, features.FpbVersion);
        _comparators = new uint[_codeComparators + features.FpbLiteralComparators];
        _identification = (uint)(_codeComparators & 15) << 4 | (uint)(_codeComparators >> 4) << 12 | (uint)features.FpbLiteralComparators << 8
            | (_version == 2 ? 1u << 28 : 0);
        Add(new() { Name = "FP_CTRL", Offset = 0, OnRead = () => _identification | (_enabled ? 1u : 0), OnWrite = (_, v) => WriteControl(v) });
        if (!features.IsV6M) Add(new() { Name = "FP_REMAP", Offset = 4, WriteMask = _version == 1 ? 0x1FFF_FFE0u : 0, Reset = _version == 1 ? 1u << 29 : 0, OnWrite = (_, _) => { } });
        for (int i = 0; i < _comparators.Length; i++)
        {
            int n = i;
            Add(new() { Name = $"FP_COMP{i}", Offset = 8 + (uint)i * 4, OnRead = () => _comparators[n], OnWrite = (_, v) => WriteComparator(n, v) });
        }
    }

    /// <summary>Raised when breakpoints changed: decoded instructions are void.</summary>
    public Action? Changed { get; set; }

    public override void Reset()
    {
        base.Reset();
        Array.Clear(_comparators);
        _enabled = false;
        Changed?.Invoke();
    }

    /// <summary>True when a comparator breaks at this halfword.</summary>
    public bool Breaks(uint address)
    {
        if (!_enabled) return false;
        for (int i = 0; i < _codeComparators; i++)
        {
            uint c = _comparators[i];
            if ((c & 1) == 0) continue;
            if (_version == 2)
            {
                if ((c & ~1u) == address) return true;
                continue;
            }
            if ((c & 0x1FFF_FFFC) != (address & ~3u)) continue;
            uint halves = c >> 30;      // 1 lower, 2 upper, 3 both
            if ((halves & ((address & 2) == 0 ? 1u : 2u)) != 0) return true;
        }
        return false;
    }

    private void WriteControl(uint value)
    {
        if ((value & 2) == 0) return;       // KEY
        _enabled = (value & 1) != 0;
        Changed?.Invoke();
    }

    private void WriteComparator(int index, uint value)
    {
        bool on = (value & 1) != 0;
        if (on && _version != 2 && (index >= _codeComparators || value >> 30 == 0))
            throw new BenchStop($"FP_COMP{index} = 0x{value:X8} asks for a remap, which is not modelled");
        _comparators[index] = value;
        Changed?.Invoke();
    }
}
