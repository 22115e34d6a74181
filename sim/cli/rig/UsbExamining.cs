using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A board with its own firmware on the strict host, for the conformance list and for plugging in and out.</summary>
public sealed class UsbExamining
{
    private const ulong Millisecond = TimeBase.Second / 1000, Limit = 60 * TimeBase.Second;

    private readonly CabledProbe _probe;

    /// <param name="board">Its firmware is the one in out/.</param>
    /// <param name="port">Best speed of the host's port.</param>
    /// <param name="image">Another image of out/ than the board's own.</param>
    public UsbExamining(string board, UsbSpeed port, string? image = null)
    {
        _probe = new(board, port, image);
        _probe.Plug();
        Machine.RunFor(50 * Millisecond);                      // what follows configuration: strings, line codings
    }

    public Machine Machine => _probe.Machine;
    public UsbHost Host => _probe.Host;

    /// <summary>The conformance list; where the bench stops, up to there.</summary>
    public IReadOnlyList<UsbCheckResult> Examine()
    {
        var examination = new UsbExamination(Host);
        try
        {
            Finish(examination.Run());
            return examination.Results;
        }
        catch (BenchStop stop)
        {
            return [.. examination.Results, new(examination.Current!, 1, [stop.Message])];
        }
    }

    /// <summary>In and out, so many times.</summary>
    public UsbPlugging Plug(int rounds, int seed)
    {
        // What Linux waits for a bouncing plug and for a reset; shorter, for more rounds a minute.
        (Host.Debounce, Host.ResetTime) = (10 * Millisecond, 10 * Millisecond);
        Host.Findings.Clear();
        var plugging = new UsbPlugging(Host, seed);
        var run = plugging.Run(rounds, Machine.Usb);
        for (ulong last = Machine.Time.Now, seen = 0; !run.IsCompleted && Machine.Time.Now - last < Limit;)
        {
            Step();
            if ((ulong)plugging.Enumerations == seen) continue;
            (seen, last) = ((ulong)plugging.Enumerations, Machine.Time.Now);
        }
        if (!run.IsCompleted) throw new IOException($"after {plugging.Enumerations} rounds nothing goes on");
        return plugging;
    }

    private void Finish(HostTask<bool> run)
    {
        for (ulong end = Machine.Time.Now + Limit; !run.IsCompleted && Machine.Time.Now < end;) Step();
        if (!run.IsCompleted) throw new IOException("the examination does not end");
        run.GetResult();
    }

    private void Step()
    {
        Machine.RunFor(10 * Millisecond);
        if (Machine.Stopped is { } stop) throw new BenchStop(stop.ToString());
    }
}
