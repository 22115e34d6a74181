namespace SharpProbe.Tests.Usb;

/// <summary>
/// A host that does what comes to its mind, by a seed: requests that exist and ones that do not, with data of any length, broken off anywhere; packets to every endpoint; resets and sleep. What a
/// device owes it, it demands: each SETUP is answered with data, a status or STALL, never with more than wLength, and in between the device still says who it is.
/// </summary>
internal sealed class HostileHost(DeviceRig rig, int seed)
{
    private const int CheckEvery = 64;

    private static readonly (byte Type, byte Request, int Value, int Index, int Length)[] s_known =
    [
        (0x80, 0, 0, 0, 2), (0x81, 0, 0, 0, 2), (0x82, 0, 0, 0x83, 2), (0x02, 1, 0, 0x83, 0), (0x02, 3, 0, 0x03, 0), (0x02, 1, 0, 0x03, 0), (0x02, 3, 0, 0x88, 0), (0x02, 1, 0, 0x01, 0),
        (0x00, 5, 17, 0, 0), (0x80, 6, 0x100, 0, 18), (0x80, 6, 0x200, 0, 0xFFFF), (0x80, 6, 0x301, 0x409, 255), (0x80, 6, 0x600, 0, 10), (0x80, 6, 0x700, 0, 0xFFFF), (0x80, 6, 0xF00, 0, 0xFFFF),
        (0x81, 6, 0x2100, 6, 9), (0x81, 6, 0x2200, 6, 64), (0x80, 8, 0, 0, 1), (0x00, 9, 0, 0, 0), (0x00, 9, 1, 0, 0), (0x00, 9, 1, 0, 0), (0x81, 10, 0, 1, 1), (0x01, 11, 0, 1, 0),
        (0x21, 0x20, 0, 0, 7), (0xA1, 0x21, 0, 0, 7), (0x21, 0x22, 3, 2, 0), (0x21, 0x22, 0, 2, 0), (0x21, 0x22, 3, 0, 0), (0x21, 0x23, 100, 4, 0),
        (0xA1, 1, 0x100, 6, 64), (0x21, 9, 0x200, 6, 64), (0x21, 9, 0x200, 4, 512), (0xA1, 2, 0, 6, 1), (0x21, 10, 0, 6, 0), (0xA1, 3, 0, 6, 1), (0x21, 11, 1, 6, 0),
        (0x21, 0, 1000, 8, 0), (0xA1, 3, 0, 8, 6), (0xA1, 5, 0, 8, 1), (0xC0, 1, 0, 7, 0xFFFF),
    ];

    private readonly Random _random = new(seed);
    private readonly byte[] _bytes = new byte[1024];
    private string _last = "";

    public int Setups { get; private set; }
    public int Answered { get; private set; }
    public int Stalled { get; private set; }
    public int Configurations { get; private set; }

    /// <summary>Sends so many SETUP packets. What goes wrong is thrown, with the seed and the number of the request.</summary>
    public void Run(int setups)
    {
        byte[] descriptor = rig.In(0x80, 6, 0x100, 0, 18)!;
        try
        {
            for (int i = 0; i < setups; i++)
            {
                Besides();
                Request();
                if (i % CheckEvery != 0) continue;
                if (rig.In(0x80, 6, 0x100, 0, 18) is not { } now || !now.AsSpan().SequenceEqual(descriptor)) throw new InvalidOperationException("the device descriptor is another");
                if (!rig.Device.Configured && _random.Next(2) == 0)
                {
                    if (!rig.NoData(0, 9, 1, 0)) throw new InvalidOperationException("it cannot be configured");
                    Configurations++;
                }
                rig.Dap.Requests.Clear();
            }
        }
        catch (Exception wrong)
        {
            throw new InvalidOperationException($"seed {seed}, SETUP {Setups}, {_last}: {wrong.Message}", wrong);
        }
    }

    private void Request()
    {
        var (type, request, value, index, length) = Choose();
        _last = $"0x{type:X2} 0x{request:X2} wValue 0x{value:X4} wIndex 0x{index:X4} wLength {length}";
        Setups++;
        rig.Bus.Setup(type, request, value, index, length);
        // Broken off before anything came of it: the next SETUP follows at once.
        if (_random.Next(16) == 0) return;
        if ((type & 0x80) != 0 && length != 0) DataIn(length);
        else if (length != 0) DataOut(length);
        else Status();
    }

    private void DataIn(int length)
    {
        int total = 0, stop = _random.Next(8) == 0 ? _random.Next(4) : int.MaxValue;
        for (int packets = 0; packets != stop; packets++)
        {
            if (rig.Bus.Take(0x80) is not { } packet)
            {
                if (!rig.Bus.IsHalted(0x80)) throw new InvalidOperationException($"no packet after {total} bytes");
                if (packets != 0) throw new InvalidOperationException($"STALL after {total} bytes");
                Stalled++;
                return;
            }
            total += packet.Length;
            if (packet.Length > 64 || total > length) throw new InvalidOperationException($"a packet of {packet.Length} bytes, {total} in all");
            if (packet.Length < 64 || total == length) break;
        }
        Answered++;
        // The status stage, early where the host has heard enough; or never.
        if (_random.Next(8) == 0) return;
        bool whole = stop == int.MaxValue;
        if (!rig.Bus.Give(0, []) && whole) throw new InvalidOperationException($"no status stage after {total} bytes");
    }

    private void DataOut(int length)
    {
        bool wrong = _random.Next(4) == 0;
        int due = wrong ? _random.Next(_bytes.Length) : Math.Min(length, _bytes.Length), sent = 0;
        while (sent < due)
        {
            int count = Math.Min(due - sent, wrong ? _random.Next(65) : 64);
            _random.NextBytes(_bytes.AsSpan(0, count));
            if (!rig.Bus.Give(0, _bytes.AsSpan(0, count))) break;
            sent += count;
            if (count == 0) break;
        }
        // Fewer bytes than announced: the device may go on waiting for the rest, until the next SETUP.
        if (sent < length && rig.Bus.Accepts(0)) return;
        Status();
    }

    private void Status()
    {
        if (rig.Bus.Take(0x80) is { } packet)
        {
            if (packet.Length != 0) throw new InvalidOperationException($"a status stage of {packet.Length} bytes");
            Answered++;
        }
        else if (rig.Bus.IsHalted(0x80)) Stalled++;
        else throw new InvalidOperationException("neither an answer nor a stall");
    }

    /// <summary>What else happens on a bus, and in the probe's main loop.</summary>
    private void Besides()
    {
        switch (_random.Next(64))
        {
            case 0:
                rig.Bus.BusReset();
                break;
            case 1:
                rig.Device.OnSuspend();
                rig.Device.OnResume();
                break;
            case < 12:
                int count = _random.Next(rig.Bus.HighSpeed ? 513 : 65);
                _random.NextBytes(_bytes.AsSpan(0, count));
                rig.Bus.Give((byte)_random.Next(1, 16), _bytes.AsSpan(0, count));
                break;
            case < 24:
                rig.Bus.Take((byte)(0x80 | _random.Next(1, 16)));
                break;
            case < 28:
                rig.Usb.Hid.Poll();
                rig.Usb.Bulk.Poll();
                break;
            case < 34:
                var port = _random.Next(3) switch { 0 => rig.Usb.Console, 1 => rig.Usb.Gdb, _ => rig.Usb.Uart };
                port.Read(_bytes);
                port.Write(_bytes.AsSpan(0, _random.Next(_bytes.Length)));
                break;
            case 34:
                rig.Time.Pass((uint)_random.Next(5000));
                break;
        }
    }

    /// <summary>Something out of the blue, or a request that exists with none, one or two of its fields changed.</summary>
    private (byte Type, byte Request, int Value, int Index, int Length) Choose()
    {
        byte type = Type(), request = Request(type);
        int value = Value(), index = Index(type), length = Length();
        if (_random.Next(3) == 0) return (type, request, value, index, length);
        var known = s_known[_random.Next(s_known.Length)];
        for (int changes = _random.Next(3); changes > 0; changes--)
            switch (_random.Next(5))
            {
                case 0: known.Type = type; break;
                case 1: known.Request = request; break;
                case 2: known.Value = value; break;
                case 3: known.Index = index; break;
                default: known.Length = length; break;
            }
        return known;
    }

    private byte Type() => _random.Next(4) == 0 ? (byte)_random.Next(256) : (byte)(_random.Next(2) << 7 | _random.Next(3) << 5 | _random.Next(3));

    private byte Request(byte type) => _random.Next(4) switch
    {
        0 => (byte)_random.Next(256),
        1 when (type & 0x60) == 0x20 => (byte)(0x20 + _random.Next(4)),
        _ => (byte)_random.Next(13),
    };

    private int Value() => _random.Next(4) switch
    {
        0 => _random.Next(0x10000),
        1 => _random.Next(0x40) << 8 | _random.Next(16),
        _ => _random.Next(4),
    };

    private int Index(byte type) => _random.Next(4) switch
    {
        0 => _random.Next(0x10000),
        1 => 0x0409,
        2 when (type & 31) == 2 => _random.Next(2) << 7 | _random.Next(16),
        _ => _random.Next(12),
    };

    private int Length() => _random.Next(4) switch
    {
        0 => 0,
        1 => _random.Next(0x10000),
        2 => 64 * _random.Next(0, 17),
        _ => _random.Next(20),
    };
}
