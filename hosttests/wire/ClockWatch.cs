using SharpProbe.Sim.Boards;
using SharpProbe.Sim;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Wire;

/// <summary>The rising edges of SWCLK on a probe's pin.</summary>
sealed class ClockWatch
{
    private readonly List<ulong> _rises = [];

    public ClockWatch(Machine machine) => machine.Pin(Pin(machine.Board.Name)).Net.Changed += change =>
    {
        if (change.After == Level.High) _rises.Add(change.Time);
    };

    public int Count => _rises.Count;

    /// <summary>Of the middle one by length of the clocks between so many edges, in Hz: interrupts and the ends of words make some longer.</summary>
    public double Frequency(int first, int edges = 32) =>
        TimeBase.Second / (double)Enumerable.Range(first, edges - 1).Select(i => _rises[i + 1] - _rises[i]).Order().ElementAt((edges - 1) / 2);

    /// <summary>The fastest clock from an edge on, in Hz.</summary>
    public double Fastest(int first) => TimeBase.Second / (double)Enumerable.Range(first, _rises.Count - first - 1).Min(i => _rises[i + 1] - _rises[i]);

    private static string Pin(string board) => board switch
    {
        "stlinkv3mini" => "PH6",
        "pybd_sf2" => "PA5",
        _ => "PB13",
    };
}
