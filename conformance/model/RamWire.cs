namespace SharpProbe.Conformance.Model;

/// <summary>
/// A target as far as every Cortex-M is alike: a debug port, a memory access port that counts up, some memory, and an error wherever else (IHI 0031, B1 and C2). Stands in for the wire of a real one:
/// transactions only.
/// </summary>
sealed class RamWire(uint id, uint start, byte[] memory) : IModelWire
{
    private uint _tar, _posted;
    private bool _sticky;

    public int Turnaround { get; set; } = 1;
    public bool AlwaysData { get; set; }
    public bool ResetLow { get; set; }
    public int Pins => throw new NotSupportedException("pins of a target that has none");

    public void Connect() { }

    public void Disconnect() { }

    public void SetClock(bool level) { }

    public void SetData(bool level) { }

    public void Drive(bool driving) { }

    public void Out(ulong bits, int count) { }

    public ulong In(int count) => throw new NotSupportedException("bits of a target that has none");

    public int Transact(int request, ref uint value)
    {
        bool ap = (request & 1) != 0, read = (request & 2) != 0;
        int register = request & 12;
        if (!ap && register == 0)
        {
            if (read) value = id;
            else if ((value & 0x1E) != 0) _sticky = false;
            return 1;
        }
        if (_sticky) return 4;
        if (!ap)
        {
            if (read && register == 12) value = _posted;
            return 1;
        }
        uint written = value;
        value = _posted;
        if (register == 4)
        {
            if (read) _posted = _tar;
            else _tar = written;
        }
        else if (register == 12) Access(read, written);
        return 1;
    }

    private void Access(bool read, uint written)
    {
        int at = (int)(_tar - start);
        if (at < 0 || at + 4 > memory.Length)
        {
            _sticky = true;
            return;
        }
        if (read) _posted = BitConverter.ToUInt32(memory, at);
        else BitConverter.TryWriteBytes(memory.AsSpan(at), written);
        _tar += 4;
    }
}
