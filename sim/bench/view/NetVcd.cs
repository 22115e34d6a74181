using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.View;

/// <summary>
/// Records wires of a bench into a value change dump. Changes go to a scratch file first; the dump is written at the end, and holds only wires that changed unless some were asked for by name.
/// </summary>
public sealed class NetVcd : IDisposable
{
    private const int RecordSize = 13;      // wire 4, level 1, time 8

    private readonly string _path;
    private readonly uint _picoseconds;
    private readonly TimeBase _time;
    private readonly List<(Net Net, VcdLevel First, bool Wanted)> _wires = [];
    private readonly List<(Net Net, Action<NetChange> Listener)> _listeners = [];
    private readonly FileStream _scratch;
    private readonly BinaryWriter _record;
    private readonly HashSet<int> _changed = [];

    /// <param name="pins">Names to record: a whole wire name ("F723.PA9"), its last part ("PA9"), or a beginning of that with a star ("PA*"). Empty: every wire that changes.</param>
    public NetVcd(string path, Nets nets, IReadOnlyCollection<string> pins, uint picoseconds = 1000)
    {
        (_path, _picoseconds, _time) = (path, picoseconds, nets.Time);
        foreach (string pin in pins)
            if (!nets.All.Any(n => Matches(n, pin)))
                throw new ArgumentException($"no wire is named {pin}; there are {string.Join(", ", nets.All.Select(n => n.Name).Take(12))} …");
        string scratch = path + ".part";
        _scratch = new FileStream(scratch, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _record = new(_scratch);
        foreach (var net in nets.All)
            if (pins.Count == 0 || pins.Any(p => Matches(net, p))) Listen(net, pins.Count != 0);
    }

    /// <summary>Names of the wires that changed.</summary>
    public IEnumerable<string> Changed => _changed.Select(i => _wires[i].Net.Name);

    public void Dispose()
    {
        foreach (var (net, listener) in _listeners) net.Changed -= listener;
        _record.Flush();
        using (var vcd = new VcdWriter(new StreamWriter(_path), _picoseconds)) Replay(vcd);
        _record.Dispose();
    }

    private void Listen(Net net, bool wanted)
    {
        int wire = _wires.Count;
        _wires.Add((net, LevelOf(net.Level), wanted));
        void Listener(NetChange change)
        {
            _changed.Add(wire);
            _record.Write(wire);
            _record.Write((byte)LevelOf(change.After));
            _record.Write(change.Time);
        }
        net.Changed += Listener;
        _listeners.Add((net, Listener));
    }

    private void Replay(VcdWriter vcd)
    {
        var handles = new int[_wires.Count];
        for (int i = 0; i < _wires.Count; i++)
            handles[i] = _wires[i].Wanted || _changed.Contains(i) ? vcd.Declare(Scoped(_wires[i].Net.Name), _wires[i].First) : -1;
        long records = _scratch.Length / RecordSize;
        _scratch.Position = 0;
        var reader = new BinaryReader(_scratch);
        for (long i = 0; i < records; i++)
        {
            int wire = reader.ReadInt32();
            var level = (VcdLevel)reader.ReadByte();
            vcd.Change(handles[wire], level, reader.ReadUInt64());
        }
        vcd.End(_time.Now);
    }

    private static VcdLevel LevelOf(Level level) => level switch
    {
        Level.Low => VcdLevel.Low,
        Level.High => VcdLevel.High,
        Level.Conflict => VcdLevel.Conflict,
        _ => VcdLevel.Floating,
    };

    private static bool Matches(Net net, string pin)
    {
        string last = net.Name[(net.Name.LastIndexOf('.') + 1)..];
        if (pin.EndsWith('*')) return last.StartsWith(pin[..^1], StringComparison.OrdinalIgnoreCase) || net.Name.StartsWith(pin[..^1], StringComparison.OrdinalIgnoreCase);
        return net.Name.Equals(pin, StringComparison.OrdinalIgnoreCase) || last.Equals(pin, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>"F723.PA9" into the scope of its port, "F723.GPIOA.PA9"; wires of the board into "board".</summary>
    private static string Scoped(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0) return "board." + name;
        string last = name[(dot + 1)..];
        bool port = last.Length is >= 3 and <= 4 && last[0] == 'P' && last[1] is >= 'A' and <= 'K' && last[2..].All(char.IsAsciiDigit);
        return port ? $"{name[..dot]}.GPIO{last[1]}.{last}" : name;
    }
}
