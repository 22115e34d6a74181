namespace SharpProbe.Conformance.Model;

/// <summary>Commands as hosts send them, mostly right: enough of them reach the target's memory for the answers to mean something.</summary>
/// <param name="uart">With commands for a UART and for trace.</param>
/// <param name="jtag">By JTAG, to a chain of two TAPs whose first is a debug port.</param>
sealed class CommandGenerator(Random random, bool uart = false, bool jtag = false)
{
    private readonly List<byte> _bytes = [];

    /// <summary>One packet; returns its length.</summary>
    public int Fill(byte[] packet)
    {
        if (random.Next(3) == 0)
        {
            int count = random.Next(1, 5);
            _bytes.AddRange([(byte)(0x7E + random.Next(2)), (byte)count]);
            for (int i = 0; i < count; i++) Command();
        }
        else Command();
        if (random.Next(30) == 0) _bytes[random.Next(_bytes.Count)] = (byte)random.Next(256);
        int length = Math.Min(_bytes.Count, packet.Length);
        if (random.Next(30) == 0) length = random.Next(length + 1);
        _bytes.CopyTo(0, packet, 0, length);
        return length;
    }

    /// <summary>A packet after which the target answers.</summary>
    public int Wake(byte[] packet)
    {
        Wake();
        int length = Math.Min(_bytes.Count, packet.Length);
        _bytes.CopyTo(0, packet, 0, length);
        return length;
    }

    private void Command()
    {
        switch (random.Next(uart ? 26 : 22))
        {
            case 0: Add(0, Any()); break;
            case 1: Add(1, Few(3), Few(2)); break;
            case 2: Add(2, jtag && random.Next(4) != 0 ? (byte)2 : Few(3)); break;
            case 3 when random.Next(4) == 0: Add(3); break;
            case 4: Configure(); break;
            case 5: Pins(); break;
            case 6 when jtag: JtagCommand(); break;
            case 6: SwdSequence(); break;
            case 7: Add(0x13, (byte)(random.Next(6) == 0 ? random.Next(8) : 0)); break;
            case 8: Add([8, Index(), .. Word(jtag ? 1u : 0x1E)]); break;
            case 9: Add(9, Few(3), 0); break;
            case 10: Add(0x0A); break;
            case 11: Add([0x11, .. Word((uint)random.Next(0, 30) * 500_000)]); break;
            case >= 24: Trace(); break;
            case >= 22: Serial(); break;
            case 12 or 20 or 21: Wake(); break;
            case 13 or 14 or 15: Block(); break;
            default: Transfer(); break;
        }
    }

    private void Add(params byte[] bytes) => _bytes.AddRange(bytes);

    private byte Any() => (byte)random.Next(256);

    private byte Few(int count) => (byte)random.Next(count);

    private void Trace()
    {
        switch (random.Next(10))
        {
            case 0: Add(0x17, Few(3)); break;
            case 1: Add(0x18, (byte)(random.Next(4) == 0 ? Few(4) : 1)); break;
            case 2: Add([0x19, .. Word(random.Next(6) == 0 ? (uint)random.Next() : (uint)random.Next(1_200_000))]); break;
            case 3: Add(0x1A, (byte)(random.Next(3) == 0 ? Any() : 1)); break;
            case 4: Add(0x1B); break;
            case 5 or 6: Add(0x1E, Few(9)); break;
            case 7: Add([0x17, 1, 0x18, 1, 0x19, .. Word((uint)random.Next(1000, 1_000_000)), 0x1A, 1, 0x1C, 60, 0]); break;
            default: Add(0x1C, Few(60), 0); break;
        }
    }

    private void Serial()
    {
        int count = random.Next(20);
        switch (random.Next(8))
        {
            case 0: Add(0x1F, (byte)(random.Next(8) == 0 ? Few(4) : 2)); break;
            case 1: Add([0x20, (byte)(random.Next(4) == 0 ? Any() : 0), .. Word(random.Next(6) == 0 ? (uint)random.Next() : 9600)]); break;
            case 2: Add(0x22, (byte)(random.Next(3) == 0 ? Any() : 0x11)); break;
            case 3: Add(0x23); break;
            case 4: Add([0x1F, 2, 0x20, 0, .. Word(9600), 0x22, 0x11, 0x21, 4, 0, 0, 0]); break;
            default:
                Add(0x21, Few(20), 0, (byte)count, (byte)(random.Next(30) == 0 ? 1 : 0));
                for (int i = 0; i < count; i++) Add((byte)(random.Next(30) == 0 ? ModelUart.Damaged : Any()));
                break;
        }
    }

    private void Configure() => Add(4, (byte)(random.Next(3) == 0 ? random.Next(20) : 0), Few(5), 0, Few(5), 0);

    private void Pins()
    {
        byte which = (byte)(random.Next(4) == 0 ? jtag ? 0x87 : 0x83 : random.Next(2) == 0 ? 0x80 : 0);
        Add([0x10, Any(), which, .. Word((uint)random.Next(2) * 300)]);
    }

    /// <summary>To SWD and to life, as a host begins.</summary>
    private void Wake()
    {
        if (jtag)
        {
            Add([2, 2, 0x15, 2, 4, 5, 0x12, 80, .. Ones(7), 0x3C, 0xE7, 0x7F, 5, 0, 3, 4, .. Word(0x5000_0032), 8, .. Word(0), 1, .. Word(0x2300_0052)]);
            if (_bytes[0] is 0x7E or 0x7F) _bytes[1] += 3;
            else _bytes.InsertRange(0, [0x7F, 4]);
            return;
        }
        Add([2, 1, 0x13, 0, 0x12, 136, .. Ones(7), 0x9E, 0xE7, .. Ones(7), 0, 5, 0, 5, 2, 0, .. Word(0x1E), 8, .. Word(0), 4, .. Word(0x5000_0000), 1, .. Word(0x2300_0052)]);
        if (_bytes[0] is 0x7E or 0x7F) _bytes[1] += 3;
        else _bytes.InsertRange(0, [0x7F, 4]);
    }

    private static byte[] Word(uint value) => BitConverter.GetBytes(value);

    private static byte[] Ones(int count) => Enumerable.Repeat((byte)0xFF, count).ToArray();

    private void JtagCommand()
    {
        switch (random.Next(4))
        {
            case 0: Add([0x15, .. random.Next(4) == 0 ? new byte[] { Few(5), Any(), Few(6), 4, 5 } : [2, 4, 5]]); break;
            case 1: Add(0x16, Few(3)); break;
            default:
                int count = random.Next(5);
                Add(0x14, (byte)count);
                for (int i = 0; i < count; i++)
                {
                    int clocks = random.Next(64);
                    byte[] data = new byte[((clocks == 0 ? 64 : clocks) + 7) / 8];
                    random.NextBytes(data);
                    Add([(byte)(clocks | random.Next(4) << 6), .. data]);
                }
                break;
        }
    }

    /// <summary>Of the TAP; SWD does not look at it.</summary>
    private byte Index() => jtag && random.Next(12) != 0 ? (byte)0 : Any();

    private void SwdSequence()
    {
        int count = random.Next(4);
        Add(0x1D, (byte)count);
        for (int i = 0; i < count; i++)
        {
            int clocks = random.Next(64);
            bool input = random.Next(2) == 0;
            Add((byte)(clocks | (input ? 0x80 : 0)));
            if (!input) Add(new byte[((clocks == 0 ? 64 : clocks) + 7) / 8]);
        }
    }

    private void Block()
    {
        bool read = random.Next(2) == 0;
        int count = random.Next(12);
        Add(6, Index(), (byte)count, (byte)(random.Next(20) == 0 ? 1 : 0), (byte)(random.Next(8) == 0 ? random.Next(16) : read ? 0x0F : 0x0D));
        if ((_bytes[^1] & 2) == 0)
            for (int i = 0; i < count * 4; i++) Add(Any());
    }

    private void Transfer()
    {
        int count = random.Next(1, 8);
        Add(5, Index(), (byte)count);
        for (int i = 0; i < count; i++)
        {
            byte stamp = (byte)(random.Next(6) == 0 ? 0x80 : 0);
            switch (random.Next(12))
            {
                case 0: Add((byte)(0x02 | stamp)); break;                                        // DPIDR
                case 1: Add((byte)(0x06 | stamp)); break;                                        // CTRL/STAT
                case 2: Add((byte)(0x0E | stamp)); break;                                        // RDBUFF
                case 3: Add(jtag ? [0x04, .. Word(0x5000_0032)] : [0x00, .. Word(0x1E)]); break;                                  // ABORT
                case 4: Add([0x20, .. Word(random.Next(2) == 0 ? 0 : 0xFu)]); break;        // match mask
                case 5: Add([(byte)(random.Next(2) == 0 ? 0x16 : 0x1F), .. Word((uint)random.Next(2))]); break;
                case 6 or 7: Add([(byte)(0x05 | stamp), .. Word(Address())]); break;        // TAR
                case 8: Add((byte)(0x0D | stamp), Any(), Any(), Any(), Any()); break;            // DRW
                case 9: Add((byte)random.Next(256)); if ((_bytes[^1] & 2) == 0 || (_bytes[^1] & 0x10) != 0) Add(Any(), Any(), Any(), Any()); break;
                default: Add((byte)(0x0F | stamp)); break;                                       // DRW
            }
        }
    }

    private uint Address() => random.Next(12) == 0 ? 0x3000_0000u : 0x2000_0000u + (uint)random.Next(2048) * 4;
}
