using System.Globalization;
using System.Text;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.View;

/// <summary>
/// Draws one SWD transfer from recorded changes of its two wires: both waveforms, who drives SWDIO, every field with its name and value. In colours that are readable on white
/// and on black.
/// </summary>
public sealed class SwdPicture
{
    private const double Clock = 21, Left = 74, Right = 16, Groups = 52, Names = 118, ClockTop = 132, DataTop = 176, Swing = 26, Bits = 222, Legend = 252, Height = 266, LegendWidth = 960;

    /// <summary>A longer pause between two edges is drawn as this many clocks, with a gap in the scale.</summary>
    private const double LongestPause = 2;

    private const string Style = """
          text { font-family: ui-sans-serif, "Helvetica Neue", Arial, sans-serif; font-size: 11px; fill: #768390; }
          .title { font-size: 14px; font-weight: 600; }
          .group { font-weight: 600; text-anchor: middle; }
          .name { font-size: 10px; }
          .bit { font-family: ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; }
          .wave { fill: none; stroke: #768390; stroke-width: 1.6; stroke-linejoin: round; }
          .edge { stroke: #768390; stroke-width: 0.6; stroke-opacity: 0.35; stroke-dasharray: 2 2; }
          .Host { fill: #3b82d6; } .Target { fill: #d9822b; } .Nobody { fill: #768390; }
          .box { fill-opacity: 0.20; } .bar { fill-opacity: 0.75; } .Nobody.box { fill-opacity: 0.08; } .Nobody.bar { fill-opacity: 0.35; }
        """;

    private readonly SwdTransfer _transfer;
    private readonly List<(ulong Time, bool High)> _clock = [], _data = [];
    private readonly List<ulong> _rises = [], _falls = [];
    private readonly List<SwdField> _fields;
    private readonly List<(ulong Time, double X)> _scale = [];
    private readonly StringBuilder _svg = new();
    private readonly ulong _period;

    private SwdPicture(SwdCapture capture)
    {
        _transfer = capture.Transfer ?? throw new InvalidOperationException("the transfer that the picture is to show has not happened");
        foreach (var change in capture.Changes)
        {
            if (change.After is not (Level.Low or Level.High)) continue;
            (change.Net == capture.Swclk ? _clock : _data).Add((change.Time, change.After == Level.High));
        }
        int clocks = 8 + 2 * capture.Turnaround + 3 + (_transfer.HasData ? 33 : 0);
        _period = FindClocks(clocks);
        _fields = SwdFields.Of(_transfer, capture.Turnaround, _rises, _falls);
        BuildScale();
    }

    /// <summary>The picture as the text of an SVG file.</summary>
    public static string Draw(SwdCapture capture) => new SwdPicture(capture).Draw();

    /// <summary>The transfer's rising edges, and the falling edges before, between and behind them. Gives the usual clock period in femtoseconds.</summary>
    private ulong FindClocks(int clocks)
    {
        int first = _clock.FindIndex(c => c.High && c.Time >= _transfer.Time);
        var rises = _clock.Skip(first).Where(c => c.High).Select(c => c.Time).Take(clocks).ToList();
        var periods = rises.Zip(rises.Skip(1), (a, b) => b - a).Order().ToList();
        ulong period = periods[periods.Count / 2];
        _rises.AddRange(rises);
        while (_rises.Count < clocks) _rises.Add(_rises[^1] + period);      // the capture ended with the data of a write
        ulong? before = first > 0 ? _clock[first - 1].Time : null;
        _falls.Add(before is { } fall && fall > _rises[0] - period ? fall : _rises[0] - period / 2);
        for (int i = 0; i < clocks; i++)
        {
            ulong rise = _rises[i];
            int after = _clock.FindIndex(c => !c.High && c.Time > rise);
            _falls.Add(after >= 0 && _clock[after].Time - rise < period ? _clock[after].Time : rise + period / 2);
        }
        return period;
    }

    private void BuildScale()
    {
        double x = Left;
        ulong last = _fields[0].From;
        _scale.Add((last, x));
        foreach (ulong time in _rises.Concat(_falls).Order())
        {
            x += Math.Min((time - last) / (double)_period, LongestPause) * Clock;
            last = time;
            _scale.Add((time, x));
        }
    }

    private ulong End => _fields[^1].To;

    private double X(ulong time)
    {
        if (time <= _scale[0].Time) return _scale[0].X;
        for (int i = 1; i < _scale.Count; i++)
            if (time <= _scale[i].Time)
            {
                var (a, b) = (_scale[i - 1], _scale[i]);
                return b.Time == a.Time ? b.X : a.X + (b.X - a.X) * (time - a.Time) / (b.Time - a.Time);
            }
        return _scale[^1].X;
    }

    private string Draw()
    {
        double width = Math.Max(X(End) + Right, LegendWidth);
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(Height)}\" width=\"{N(width)}\" height=\"{N(Height)}\" role=\"img\">");
        Line($"<title>{Escape(Title)}</title>");
        Line($"<style>\n{Style}\n</style>");
        Text(Left, 20, Title, "title");
        foreach (var field in _fields) DrawField(field);
        DrawGroups();
        Text(8, ClockTop + Swing - 8, "SWCLK", "");
        Text(8, DataTop + Swing - 8, "SWDIO", "");
        Wave(_clock, ClockTop);
        Wave(_data, DataTop);
        DrawLegend();
        Line("</svg>");
        return _svg.ToString();
    }

    private string Title
    {
        get
        {
            string port = _transfer.Request.Ap ? $"AP {_transfer.Ap}" : "DP";
            string ack = _transfer.Ack switch { SwdAck.Ok => "", SwdAck.Wait => ": WAIT", SwdAck.Fault => ": FAULT", _ => ": no answer" };
            string data = _transfer.HasData ? $" = 0x{_transfer.Data:X8}" : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"SWD {(_transfer.Request.Read ? "read" : "write")}, {port} {_transfer.RegisterName}{data}{ack}; SWCLK {TimeBase.Second / (double)_period / 1e6:0.##} MHz");
        }
    }

    private void DrawField(SwdField field)
    {
        double from = X(field.From), to = X(field.To), middle = (from + to) / 2;
        Box(from, Groups + 10, to - from, Bits - Groups - 5, $"{field.Driver} box");
        bool number = field.Group == SwdFields.Data;
        if (number) Text(middle, Names, field.Name, "bit name");
        else Line($"<text class=\"name\" transform=\"translate({N(middle + 3)} {N(Names)}) rotate(-90)\">{Escape(field.Name)}</text>");
        if (field.Bit == ' ') return;
        ulong sample = _rises.Find(r => r > field.From || field.Driver == SwdField.Side.Host && r >= field.From);
        double edge = X(sample);
        Line($"<line class=\"edge\" x1=\"{N(edge)}\" x2=\"{N(edge)}\" y1=\"{N(ClockTop)}\" y2=\"{N(DataTop + Swing)}\"/>");
        Text(middle, Bits, field.Bit.ToString(), "bit");
    }

    private void DrawGroups()
    {
        for (int i = 0; i < _fields.Count;)
        {
            int end = i;
            while (end + 1 < _fields.Count && _fields[end + 1].Group == _fields[i].Group && _fields[end + 1].Driver == _fields[i].Driver) end++;
            double from = X(_fields[i].From), to = X(_fields[end].To);
            Box(from + 0.5, Groups, to - from - 1, 6, $"{_fields[i].Driver} bar");
            string label = _fields[i].Group == SwdFields.Data ? $"Data 0x{_transfer.Data:X8}" : _fields[i].Group;
            Text((from + to) / 2, Groups - 6, label, "group");
            i = end + 1;
        }
    }

    private void Wave(List<(ulong Time, bool High)> changes, double top)
    {
        ulong start = _fields[0].From;
        int next = changes.FindIndex(c => c.Time > start);
        bool high = next < 0 ? changes.Count != 0 && changes[^1].High : next == 0 ? !changes[0].High : changes[next - 1].High;
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{N(X(start))} {N(Y(high))}"));
        for (int i = Math.Max(next, 0); next >= 0 && i < changes.Count && changes[i].Time <= End; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"H{N(X(changes[i].Time))}");
            path.Append(CultureInfo.InvariantCulture, $"V{N(Y(changes[i].High))}");
        }
        path.Append(CultureInfo.InvariantCulture, $"H{N(X(End))}");
        Line($"<path class=\"wave\" d=\"{path}\"/>");

        double Y(bool level) => level ? top : top + Swing;
    }

    private void DrawLegend()
    {
        double x = Left;
        foreach (var (side, text) in new[] { (SwdField.Side.Host, "the probe drives SWDIO"), (SwdField.Side.Target, "the target drives SWDIO"), (SwdField.Side.Nobody, "nobody: turnaround") })
        {
            Box(x, Legend - 9, 12, 10, $"{side} bar");
            Text(x + 18, Legend, text, "");
            x += 170;
        }
        double duration = (End - _fields[0].From) / 1e6;
        string all = string.Create(CultureInfo.InvariantCulture, $"{_rises.Count} clocks, {(duration < 10_000 ? $"{duration:0} ns" : $"{duration / 1000:0.#} µs")}; dashed: the edge at which a bit is sampled");
        Text(x, Legend, all, "");
    }

    private void Box(double x, double y, double width, double height, string style) =>
        Line($"<rect class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"/>");

    private void Text(double x, double y, string text, string style) => Line($"<text class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\">{Escape(text)}</text>");

    private void Line(string line) => _svg.Append(line).Append('\n');

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");
}
