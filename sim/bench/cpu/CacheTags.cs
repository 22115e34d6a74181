namespace SharpProbe.Sim.Cpu;

/// <summary>Which 32-byte lines a cache holds, for timing only: the data themselves are always taken from memory. Replacement goes round the ways.</summary>
internal sealed class CacheTags
{
    public const int LineBits = 5;

    private readonly uint[] _tags;
    private readonly byte[] _victim;
    private readonly int _ways;
    private readonly uint _setMask;

    public CacheTags(int kilobytes, int ways)
    {
        int sets = Math.Max(kilobytes * 1024 / (1 << LineBits) / ways, 1);
        (_tags, _victim, _ways, _setMask) = (new uint[sets * ways], new byte[sets], ways, (uint)sets - 1);
        Clear();
    }

    public void Clear() => Array.Fill(_tags, uint.MaxValue);

    /// <summary>True when the line (address / 32) is there; else it is now.</summary>
    public bool Touch(uint line)
    {
        int set = (int)(line & _setMask), first = set * _ways;
        for (int i = first; i < first + _ways; i++)
            if (_tags[i] == line) return true;
        _tags[first + _victim[set]] = line;
        _victim[set] = (byte)((_victim[set] + 1) % _ways);
        return false;
    }
}
