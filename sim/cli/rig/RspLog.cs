using System.Text;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>Listens in on a gdb port: each packet with the simulated time of its first and last byte. Acknowledgements are left out.</summary>
public sealed class RspLog
{
    private readonly List<RspPacket> _packets = [];
    private readonly Half _fromGdb = new(), _fromProbe = new();

    public IReadOnlyList<RspPacket> Packets => _packets;

    /// <summary>Femtoseconds from the first byte of each such packet of gdb's to the last of its answer.</summary>
    public IEnumerable<double> Trips(Func<RspPacket, bool> wanted)
    {
        for (int i = 0; i + 1 < _packets.Count; i++)
            if (_packets[i].ToProbe && wanted(_packets[i]) && !_packets[i + 1].ToProbe) yield return _packets[i + 1].End - _packets[i].Start;
    }

    public void Clear() => _packets.Clear();

    /// <param name="toProbe">Direction.</param>
    /// <param name="bytes">As they passed.</param>
    /// <param name="time">Simulated, femtoseconds.</param>
    public void Take(bool toProbe, ReadOnlySpan<byte> bytes, ulong time)
    {
        var half = toProbe ? _fromGdb : _fromProbe;
        foreach (byte b in bytes)
        {
            if (half.Take(b, time) is { } text) _packets.Add(new(toProbe, text, half.Length, half.Start, time));
        }
    }

    private sealed class Half
    {
        private const int Kept = 96;

        private readonly StringBuilder _text = new();
        private int _state;

        public ulong Start { get; private set; }
        public int Length { get; private set; }

        public string? Take(byte b, ulong time)
        {
            switch (_state)
            {
                case 0 when b == '$':
                    (_state, Start, Length) = (1, time, 0);
                    _text.Clear();
                    return null;
                case 0: return null;
                case 1 when b == '#':
                    _state = 2;
                    return null;
                case 1:
                    Length++;
                    if (_text.Length < Kept) _text.Append(b is >= 32 and < 127 ? (char)b : '.');
                    return null;
                case 2:
                    _state = 3;
                    return null;
                default:
                    _state = 0;
                    return _text.ToString();
            }
        }
    }
}
