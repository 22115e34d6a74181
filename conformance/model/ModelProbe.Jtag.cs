namespace SharpProbe.Conformance.Model;

/// <summary>
/// JTAG (IEEE 1149.1; IHI 0031E, B3). The chain rests in Run-Test/Idle; TDI is high where nothing is shifted, but stays as it is while TMS alone is clocked. A write of DP register 0 is one of ABORT.
/// </summary>
sealed partial class ModelProbe
{
    private const int AbortScan = 8, DpScan = 10, ApScan = 11;

    private readonly List<int> _irLengths = [];
    private bool _jtag;
    private int _tap, _instruction = -1;

    /// <summary>The probe has TDI and TDO.</summary>
    public bool Jtag { get; init; }

    private bool ByJtag => _connected && _jtag;

    private bool Choose(int index)
    {
        if (!ByJtag) return _connected;
        if (index >= _irLengths.Count) return false;
        (_tap, _instruction) = (index, -1);
        return true;
    }

    private void JtagConfigure(int count)
    {
        if (!_in.Needs(count)) return;
        int[] lengths = [.. Enumerable.Range(0, count).Select(_ => _in.Byte())];
        bool can = count <= 32 && lengths.All(n => n is >= 1 and <= 32);
        if (can)
        {
            _irLengths.Clear();
            _irLengths.AddRange(lengths);
        }
        Status(can);
    }

    private void JtagIdCode(int index)
    {
        uint id = 0;
        if (ByJtag && Room >= 5 && Choose(index))
        {
            // A TAP without IDCODE is one bit, 0.
            _wire.Out(0b0111111, 7);
            _wire.Out(0b001, 3);
            for (int i = 0; i <= index; i++) id = _wire.ClockJtag(false, true) ? (uint)Shift(uint.MaxValue, 31, false) << 1 | 1 : 0;
            _wire.ClockJtag(true, true);
            _wire.Out(0b01, 2);
        }
        Status(id != 0);
        if (id != 0) PutWord(id);
    }

    private void JtagSequence(int count)
    {
        List<(int Info, int Clocks, ulong Bits)> sequences = [];
        int answer = 1;
        for (int i = 0; i < count; i++)
        {
            if (!_in.Needs(1)) return;
            int info = _in.Byte(), clocks = (info & 63) == 0 ? 64 : info & 63, bytes = (clocks + 7) / 8;
            if (!_in.Needs(bytes)) return;
            ulong bits = 0;
            for (int j = 0; j < bytes; j++) bits |= (ulong)_in.Byte() << 8 * j;
            if (info >= 128) answer += bytes;
            sequences.Add((info, clocks, bits));
        }
        bool can = ByJtag && answer <= Room;
        Status(can);
        if (!can) return;
        foreach ((int info, int clocks, ulong bits) in sequences)
        {
            ulong seen = 0;
            for (int i = 0; i < clocks; i++)
                if (_wire.ClockJtag((info & 64) != 0, (bits >> i & 1) != 0)) seen |= 1ul << i;
            for (int left = clocks; info >= 128 && left > 0; left -= 8, seen >>= 8) Put((int)(seen & 255));
        }
    }

    private int Transact(int request, ref uint value)
    {
        if (!ByJtag) return _wire.Transact(request, ref value);
        bool ap = (request & 1) != 0, read = (request & 2) != 0;
        int register = request & 12;
        if (!ap && !read && register == 0)
        {
            Instruct(AbortScan);
            Scan(0, ref value, false);
            return 1;
        }
        Instruct(ap ? ApScan : DpScan);
        int ack = Scan(register >> 1 | (read ? 1 : 0), ref value, read);
        if (read && !ap && register != 12 && ack == 2)
            for (int tries = 0; tries < 64; tries++)
                if ((ack = Scan(7, ref value, true)) != 1) break;
        return ack switch { 2 => 1, 1 => 2, 7 => 7, _ => 8 };
    }

    private int Scan(int head, ref uint value, bool read)
    {
        int after = _irLengths.Count - 1 - _tap;
        Shift(1, 1, true);
        Shift(3, 2, false);
        Ones(_tap);
        int ack = 0;
        for (int i = 0; i < 3; i++)
            if (_wire.ClockJtag(false, (head >> i & 1) != 0)) ack |= 1 << i;
        uint data = (uint)Shift(read ? 0 : value, 32, after == 0);
        Ones(after, last: true);
        Shift(1, 1, true);
        Shift(1, 1, false);
        if (read) value = data;
        return ack;
    }

    private void Instruct(int instruction)
    {
        if (_instruction == instruction) return;
        _instruction = instruction;
        int after = _irLengths.Skip(_tap + 1).Sum();
        _wire.Out(0b0011, 4);
        Ones(_irLengths.Take(_tap).Sum());
        Shift((uint)instruction, _irLengths[_tap], after == 0);
        Ones(after, last: true);
        _wire.Out(0b01, 2);
    }

    private ulong Shift(uint tdi, int count, bool leave)
    {
        ulong seen = 0;
        for (int i = 0; i < count; i++)
            if (_wire.ClockJtag(leave && i == count - 1, (tdi >> i & 1) != 0)) seen |= 1ul << i;
        return seen;
    }

    private void Ones(int count, bool last = false)
    {
        for (int i = 0; i < count; i++) _wire.ClockJtag(last && i == count - 1, true);
    }
}
