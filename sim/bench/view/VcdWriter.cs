using System.Globalization;

namespace SharpProbe.Sim.View;

/// <summary>
/// Writes a value change dump (IEEE 1364-2001, 18). Wires are declared first, in scopes by the dots of their names ("F723.GPIOA.PA9"); changes follow in time order.
/// GTKWave, PulseView and sigrok-cli read it.
/// </summary>
public sealed class VcdWriter : IDisposable
{
    private const int FirstCode = 33, CodeCount = 94;

    private readonly TextWriter _output;
    private readonly ulong _unit;
    private readonly List<(string Name, VcdLevel Level)> _wires = [];
    private ulong _time;
    private bool _started;

    /// <param name="picoseconds">Unit of time: 1, 10, 100 (1000 and so on up to a microsecond). Viewers that expand samples are slow with a fine one.</param>
    public VcdWriter(TextWriter output, uint picoseconds = 1000)
    {
        if (picoseconds is not (1 or 10 or 100 or 1000 or 10_000 or 100_000 or 1_000_000))
            throw new ArgumentOutOfRangeException(nameof(picoseconds), picoseconds, "a VCD time unit is a power of ten from 1 ps to 1 us");
        (_output, _unit) = (output, picoseconds * 1000ul);
        Timescale = picoseconds < 1000 ? $"{picoseconds} ps" : picoseconds < 1_000_000 ? $"{picoseconds / 1000} ns" : "1 us";
    }

    public string Timescale { get; }

    /// <summary>Declares a wire; the number is its handle for <see cref="Change"/>.</summary>
    public int Declare(string name, VcdLevel level)
    {
        if (_started) throw new InvalidOperationException("wires are declared before the first change");
        _wires.Add((name, level));
        return _wires.Count - 1;
    }

    /// <summary>A wire's new level at a time in femtoseconds; earlier than the last one counts as the same moment.</summary>
    public void Change(int wire, VcdLevel level, ulong femtoseconds)
    {
        Start();
        Advance(femtoseconds);
        WriteLevel(wire, level);
    }

    /// <summary>Writes the header, if not yet done, and the end time, so that a viewer shows the quiet tail.</summary>
    public void End(ulong femtoseconds)
    {
        Start();
        Advance(femtoseconds);
        _output.Flush();
    }

    public void Dispose() => _output.Dispose();

    private void Advance(ulong femtoseconds)
    {
        ulong time = femtoseconds / _unit;
        if (time <= _time) return;
        _time = time;
        _output.Write('#');
        _output.Write(time.ToString(CultureInfo.InvariantCulture));
        _output.Write('\n');
    }

    private void Start()
    {
        if (_started) return;
        _started = true;
        _output.Write($"$version SharpProbe virtual bench $end\n$timescale {Timescale} $end\n");
        string[] open = [];
        foreach (var (wire, path) in _wires.Select((w, i) => (i, w.Name.Split('.'))).OrderBy(w => string.Join('.', w.Item2[..^1]), StringComparer.Ordinal))
        {
            string[] scope = path.Length == 1 ? ["bench"] : path[..^1];
            int same = 0;
            while (same < open.Length && same < scope.Length && open[same] == scope[same]) same++;
            for (int i = open.Length; i > same; i--) _output.Write("$upscope $end\n");
            foreach (string name in scope[same..]) _output.Write($"$scope module {Clean(name)} $end\n");
            open = scope;
            _output.Write($"$var wire 1 {Code(wire)} {Clean(path[^1])} $end\n");
        }
        foreach (var _ in open) _output.Write("$upscope $end\n");
        _output.Write("$enddefinitions $end\n#0\n$dumpvars\n");
        for (int i = 0; i < _wires.Count; i++) WriteLevel(i, _wires[i].Level);
        _output.Write("$end\n");
    }

    private void WriteLevel(int wire, VcdLevel level)
    {
        _output.Write((char)level);
        _output.Write(Code(wire));
        _output.Write('\n');
    }

    private static string Clean(string name) => name.Length == 0 ? "_" : name.Replace(' ', '_');

    private static string Code(int wire)
    {
        string code = "";
        do code += (char)(FirstCode + wire % CodeCount);
        while ((wire = wire / CodeCount - 1) >= 0);
        return code;
    }
}
