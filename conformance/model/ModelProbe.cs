namespace SharpProbe.Conformance.Model;

/// <summary>
/// A CMSIS-DAP probe as its specification has it, written for clarity: no speed, no bounds but those of a list. Where the specification is silent: a request cut short, like an unknown one, is answered
/// with FF and ends the packet; transfers end where request or response do.
/// </summary>
/// <param name="wire">What is at its pins.</param>
sealed partial class ModelProbe(IModelWire wire)
{
    /// <summary>Stands for a time stamp's bytes.</summary>
    public const int Any = -1;

    private readonly IModelWire _wire = wire;

    /// <summary>Null: there is none, and no command for it.</summary>
    public ModelUart? Uart { get; init; }

    /// <summary>Null: no trace comes in, and there is no command for it.</summary>
    public ModelTrace? Trace { get; init; }

    private readonly ModelRequest _in = new();
    private readonly List<int> _out = [];
    private int _size, _idle, _waits = 100, _matches, _turnaround = 1;
    private bool _connected, _always;
    private uint _mask;

    /// <summary>The response; <see cref="Any"/> where anything goes.</summary>
    public List<int> Answer(byte[] request, int packetSize)
    {
        _out.Clear();
        _size = packetSize;
        if (request.Length == 0 || request[0] == 7) return _out;
        _in.Load(request);
        if (request[0] is not (0x7E or 0x7F))
        {
            One();
            return _out;
        }
        if (request.Length < 2 || packetSize < 2)
        {
            _out.Add(0xFF);
            return _out;
        }
        _in.Byte();
        int wanted = _in.Byte(), n = 0;
        Put(0x7F, 0);
        for (bool goesOn = true; goesOn && n < wanted && _in.Left > 0 && Room > 0; n++) goesOn = One();
        _out[1] = n;
        return _out;
    }

    private int Room => _size - _out.Count;

    private void Put(params int[] bytes) => _out.AddRange(bytes);

    private void PutWord(uint word) => Put((int)(word & 255), (int)(word >> 8 & 255), (int)(word >> 16 & 255), (int)(word >> 24));

    private void Status(bool ok) => Put(ok ? 0 : 0xFF);

    private bool One()
    {
        int start = _out.Count, id = _in.Byte();
        Put(id);
        int least = id switch { 0x0A or 5 => 2, 6 => 3, 0x20 or 0x21 when Uart is not null => 5, 0x23 when Uart is not null => 9, 0x19 when Trace is not null => 4, 0x1B when Trace is not null => 5, 0x1C when Trace is not null => 3, _ => 1 };
        if (Room >= least)
        {
            _in.Short = false;
            Command(id);
            if (!_in.Short && id >= 0) return true;
        }
        _out.RemoveRange(start, _out.Count - start);
        Put(0xFF);
        return false;
    }

    private void Command(int id)
    {
        switch (id)
        {
            case 0x00: Info(_in.Byte()); break;
            case 0x01 when _in.Needs(2): Status(_in.Byte() < 2 & _in.Byte() >= 0); break;
            case 0x02 when _in.Needs(1): Connect(_in.Byte()); break;
            case 0x03:
                if (_connected) _wire.Disconnect();
                if (ByJtag) _wire.DisconnectJtag();
                _connected = false;
                Uart?.Transport(1);
                Trace?.End();
                Status(true);
                break;
            case 0x04 when _in.Needs(5):
                (_idle, _waits, _matches) = (_in.Byte(), _in.Half(), _in.Half());
                Status(true);
                break;
            case 0x05 when _in.Needs(2): Transfer(); break;
            case 0x06 when _in.Needs(4): Block(); break;
            case 0x08 when _in.Needs(5):
                bool chosen = Choose(_in.Byte());
                uint abort = _in.Word();
                Status(chosen && Transact(0, ref abort) == 1);
                break;
            case 0x09 when _in.Needs(2):
                _in.Half();
                Status(true);
                break;
            case 0x0A: Put(0, 0); break;
            case 0x10 when _in.Needs(6): Pins(_in.Byte(), _in.Byte(), _in.Word()); break;
            case 0x11 when _in.Needs(4): Status(_in.Word() != 0); break;
            case 0x12 when _in.Needs(1): SwjSequence(_in.Byte()); break;
            case 0x13 when _in.Needs(1):
                int configuration = _in.Byte();
                (_turnaround, _always) = ((configuration & 3) + 1, (configuration & 4) != 0);
                if (_connected) (_wire.Turnaround, _wire.AlwaysData) = (_turnaround, _always);
                Status(true);
                break;
            case >= 0x1F and <= 0x23 when Uart is { } uart && _in.Needs(id switch { 0x20 => 5, 0x21 => 4, 0x23 => 0, _ => 1 }): Serial(uart, id); break;
            case (>= 0x17 and <= 0x1C) or 0x1E when Trace is { } trace && _in.Needs(id switch { 0x19 => 4, 0x1B => 0, 0x1C => 2, _ => 1 }): Traced(trace, id); break;
            case 0x14 when Jtag && _in.Needs(1): JtagSequence(_in.Byte()); break;
            case 0x15 when Jtag && _in.Needs(1): JtagConfigure(_in.Byte()); break;
            case 0x16 when Jtag && _in.Needs(1): JtagIdCode(_in.Byte()); break;
            case 0x1D when _in.Needs(1): SwdSequence(_in.Byte()); break;
            default: _in.Short = true; break;
        }
    }

    private void Traced(ModelTrace trace, int id)
    {
        switch (id)
        {
            case 0x17: Status(trace.Transport(_in.Byte())); break;
            case 0x18: Status(trace.Mode(_in.Byte())); break;
            case 0x19: PutWord(trace.Baud(_in.Word())); break;
            case 0x1A: Status(trace.Control((_in.Byte() & 1) != 0)); break;
            case 0x1B:
                Put(trace.TakeStatus());
                PutWord((uint)trace.Waiting);
                break;
            case 0x1C:
                byte[] came = trace.Read(Math.Min(_in.Half(), Room - 3));
                Put([trace.TakeStatus(), came.Length & 255, came.Length >> 8, .. came]);
                break;
            default:
                int which = _in.Byte();
                _in.Short = Room < (which & 1) + (which & 2) * 2 + (which & 4) * 2;
                if (_in.Short) return;
                if ((which & 1) != 0) Put(trace.TakeStatus());
                if ((which & 2) != 0) PutWord((uint)trace.Waiting);
                if ((which & 4) == 0) return;
                PutWord(trace.Index);
                Put(Any, Any, Any, Any);
                break;
        }
    }

    private void Serial(ModelUart uart, int id)
    {
        switch (id)
        {
            case 0x1F: Status(uart.Transport(_in.Byte())); break;
            case 0x20:
                var (bad, baud) = uart.Configure(_in.Byte(), _in.Word());
                Put(bad);
                PutWord(baud);
                break;
            case 0x21:
                int most = _in.Half(), count = _in.Half();
                if (!_in.Needs(count)) break;
                int sent = uart.Send([.. Enumerable.Range(0, count).Select(_ => (byte)_in.Byte())]), status = uart.TakeStatus();
                byte[] came = uart.Receive(Math.Min(most, Room - 5));
                Put([status, sent & 255, sent >> 8, came.Length & 255, came.Length >> 8, .. came]);
                break;
            case 0x22: Status(uart.Control(_in.Byte())); break;
            default:
                Put(uart.TakeStatus());
                PutWord((uint)uart.Waiting);
                PutWord(0);
                break;
        }
    }

    private void Info(int id)
    {
        byte[] text = id switch
        {
            1 => "Vendor\0"u8.ToArray(), 2 => "SharpProbe CMSIS-DAP\0"u8.ToArray(), 3 => "0123\0"u8.ToArray(), 4 => "2.1.0\0"u8.ToArray(), 9 => "1.2.3\0"u8.ToArray(),
            0xF0 => [(byte)(0x31 | (Uart is null ? 0 : 0x80) | (Trace is null ? 0 : 4) | (Jtag ? 2 : 0))], 0xFD when Trace is not null => BitConverter.GetBytes(ModelTrace.Size), 0xFB when Uart is not null => BitConverter.GetBytes(ModelUart.ReceiveBuffer), 0xFC when Uart is not null => BitConverter.GetBytes(ModelUart.SendBuffer),
             0xF1 => BitConverter.GetBytes(216_000_000), 0xFE => [8], 0xFF => BitConverter.GetBytes((ushort)_size), _ => [],
        };
        if (text.Length > Room - 1) text = [];
        Put(text.Length);
        foreach (byte b in text) Put(b);
    }

    private void Connect(int port)
    {
        if (port > (Jtag ? 2 : 1))
        {
            Put(0);
            return;
        }
        if (ByJtag && port < 2) _wire.DisconnectJtag();
        _wire.Connect();
        (_wire.Turnaround, _wire.AlwaysData, _connected, _jtag) = (_turnaround, _always, true, port == 2);
        if (_jtag) _wire.ConnectJtag();
        Put(_jtag ? 2 : 1);
    }

    private void Pins(int levels, int which, uint wait)
    {
        if ((which & 0x80) != 0) _wire.ResetLow = (levels & 0x80) == 0;
        if (_connected && (which & 1) != 0) _wire.SetClock((levels & 1) != 0);
        if (_connected && (which & 2) != 0) _wire.SetData((levels & 2) != 0);
        if (ByJtag && (which & 4) != 0) _wire.SetTdi((levels & 4) != 0);
        Put(_wire.Pins);
    }

    private void SwjSequence(int bits)
    {
        if (bits == 0) bits = 256;
        if (!_in.Needs((bits + 7) / 8)) return;
        for (int left = bits; left > 0; left -= 8)
        {
            int b = _in.Byte();
            if (_connected) _wire.Out((uint)b, Math.Min(left, 8));
        }
        Status(_connected);
    }

    private void SwdSequence(int count)
    {
        List<(bool Input, int Clocks, ulong Bits)> sequences = [];
        int answer = 1;
        for (int i = 0; i < count; i++)
        {
            if (!_in.Needs(1)) return;
            int info = _in.Byte(), clocks = (info & 63) == 0 ? 64 : info & 63, bytes = (clocks + 7) / 8;
            ulong bits = 0;
            if (info < 128)
            {
                if (!_in.Needs(bytes)) return;
                for (int j = 0; j < bytes; j++) bits |= (ulong)_in.Byte() << 8 * j;
            }
            else answer += bytes;
            sequences.Add((info >= 128, clocks, bits));
        }
        bool can = _connected && !ByJtag && answer <= Room;
        Status(can);
        if (!can) return;
        foreach ((bool input, int clocks, ulong bits) in sequences)
        {
            _wire.Drive(!input);
            if (!input) _wire.Out(bits, clocks);
            else
            {
                ulong seen = _wire.In(clocks);
                for (int left = clocks; left > 0; left -= 8, seen >>= 8) Put((int)(seen & 255));
            }
        }
        _wire.Drive(true);
    }

    /// <summary>A transaction with its retries and idle cycles.</summary>
    private int Do(int request, ref uint value)
    {
        int result = 2;
        for (int tries = 0; result == 2 && tries <= _waits; tries++) result = Transact(request, ref value);
        if (result == 1) _wire.Out(0, 0);
        for (int i = 0; result == 1 && i < _idle; i++) _wire.Out(0, 1);
        return result;
    }

    private void Transfer()
    {
        bool chosen = Choose(_in.Byte());
        int count = _in.Byte(), done = 0, result = 0, head = _out.Count;
        bool stopped = !chosen, failed = false;
        bool pending = false, written = false;               // an AP read whose value is still to be fetched; a write whose outcome is not known
        Put(0, 0);
        for (int i = 0; i < count && _in.Left > 0; i++)
        {
            int request = _in.Byte();
            bool read = (request & 2) != 0, ap = (request & 1) != 0, match = read && (request & 16) != 0, mask = !read && (request & 32) != 0;
            bool stamp = (request & 128) != 0 && !match && !mask;
            uint value = 0;
            if (!read || match)
            {
                if (_in.Left < 4)
                {
                    _in.Drop();
                    break;
                }
                value = _in.Word();
            }
            if (stopped) continue;
            int needed = (pending ? 4 : 0) + (read && !match ? 4 : 0) + (stamp ? 4 : 0);
            if (needed > Room)
            {
                stopped = true;
                continue;
            }
            result = 1;
            uint data = 0;
            bool together = pending && ap && read && !match;
            if (pending && !together)
            {
                result = Do(0xE, ref data);
                pending = false;
                if (result == 1) PutWord(data);
            }
            if (result == 1 && read) written = false;
            if (result == 1 && mask) _mask = value;
            else if (result == 1 && match)
            {
                if (ap) result = Do(request, ref data);
                int reads = 0;
                while (result == 1)
                {
                    result = Do(request, ref data);
                    reads++;
                    if (result != 1 || (data & _mask) == value) break;
                    if (reads > _matches) result |= 16;
                }
            }
            else if (result == 1)
            {
                data = value;
                result = Do(request, ref data);
                if (result == 1)
                {
                    if (together) PutWord(data);
                    if (stamp) Put(Any, Any, Any, Any);
                    if (read && !ap) PutWord(data);
                    pending = read && ap;
                    written = !read;
                }
            }
            if (result == 1) done++;
            else stopped = failed = true;
        }
        uint last = 0;
        if (!failed && pending)
        {
            result = Do(0xE, ref last);
            if (result == 1) PutWord(last);
        }
        else if (!failed && written) result = Do(0xE, ref last);
        (_out[head], _out[head + 1]) = (done, result);
    }

    private void Block()
    {
        bool chosen = Choose(_in.Byte());
        int count = _in.Half(), request = _in.Byte(), head = _out.Count, done = 0, result = 0;
        bool read = (request & 2) != 0, ap = (request & 1) != 0;
        Put(0, 0, 0);
        uint value = 0;
        if (read)
        {
            int words = Math.Min(count, Room / 4);
            if (chosen && words > 0)
            {
                result = ap ? Do(request, ref value) : 1;
                while (result == 1 && done < words)
                {
                    result = Do(ap && done == words - 1 ? 0xE : request, ref value);
                    if (result != 1) break;
                    PutWord(value);
                    done++;
                }
            }
        }
        else
        {
            int words = Math.Min(count, _in.Left / 4);
            for (int i = 0; i < words; i++)
            {
                value = _in.Word();
                if (!chosen || result > 1) continue;
                result = Do(request, ref value);
                if (result == 1) done++;
            }
            if (words < count) _in.Drop();
            if (result == 1) result = Do(0xE, ref value);
        }
        (_out[head], _out[head + 1], _out[head + 2]) = (done & 255, done >> 8, result);
    }
}
