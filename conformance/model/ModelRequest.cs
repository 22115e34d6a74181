namespace SharpProbe.Conformance.Model;

/// <summary>The bytes of a request that are left.</summary>
sealed class ModelRequest
{
    private Queue<byte> _bytes = [];

    public void Load(byte[] bytes) => _bytes = new(bytes);

    public int Left => _bytes.Count;

    /// <summary>A command wanted more than there is.</summary>
    public bool Short { get; set; }

    public bool Needs(int count)
    {
        if (Left >= count) return true;
        Short = true;
        return false;
    }

    public int Byte()
    {
        if (!Needs(1)) return -1;
        return _bytes.Dequeue();
    }

    public int Half() => Byte() | Byte() << 8;

    public uint Word() => (uint)Half() | (uint)Half() << 16;

    public void Drop() => _bytes.Clear();
}
