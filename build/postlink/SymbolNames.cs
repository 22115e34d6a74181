namespace SharpProbe.Build.PostLink;

/// <summary>The names in section .symbols (see <see cref="SymbolSection"/>): each once, and each type's name once.</summary>
sealed class SymbolNames
{
    private readonly List<byte> _bytes = [0];                                    // place 0 is no name of a type
    private readonly Dictionary<string, uint> _types = [], _names = [];

    public IReadOnlyList<byte> Bytes => _bytes;

    /// <summary>Where the name is, from the beginning of the names.</summary>
    /// <param name="name">"Type.Method", "Type..ctor", or one without a type.</param>
    public uint Place(string name)
    {
        if (_names.TryGetValue(name, out uint place)) return place;
        int dot = name.LastIndexOf('.');
        if (dot > 0 && name[dot - 1] == '.') dot--;
        uint type = dot <= 0 ? 0 : TypePlace(name[..dot]);
        _names[name] = place = (uint)_bytes.Count;
        _bytes.AddRange([(byte)type, (byte)(type >> 8)]);
        AddText(name[(dot + 1)..]);
        return place;
    }

    private uint TypePlace(string type)
    {
        if (_types.TryGetValue(type, out uint place)) return place;
        _types[type] = place = (uint)_bytes.Count;
        AddText(type);
        return place;
    }

    private void AddText(string text)
    {
        _bytes.AddRange(text.Select(letter => letter < 128 ? (byte)letter : (byte)'?'));
        _bytes.Add(0);
    }
}
