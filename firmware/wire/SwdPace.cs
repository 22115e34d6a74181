using System;

namespace SharpProbe.Wire;

/// <summary>The delay turns in the two halves of a clock, and what they give: measured for few turns, where branch prediction plays a part, and a straight line beyond.</summary>
public sealed class SwdPace
{
    /// <summary>Clocks that a measurement takes: periods are kept in cycles × this.</summary>
    public const int Clocks = 24;

    /// <summary>Measured settings: each number of turns up to <see cref="Near"/>, and one far off.</summary>
    public const int Points = Near - Least + 2;

    private const int Least = 0, Near = 64, Far = Near + 1024;

    private readonly uint[] _periods = new uint[Points];
    private uint _set = 1, _measured = 1;

    public uint Low { get; private set; }

    public uint High { get; private set; }

    /// <summary>Of the chosen setting, in cycles × <see cref="Clocks"/>.</summary>
    public uint Period { get; private set; }

    /// <summary>Turns a clock of a measured setting.</summary>
    public static uint Turns(int point) => (uint)(point == Points - 1 ? Far : Least + point);

    public void SetTurns(uint turns) => (Low, High) = (turns / 2, turns - turns / 2);

    public void SetPoint(int point, uint period) => _periods[point] = period;

    /// <summary>Turns in each half of a clock of 1 kHz, as measured.</summary>
    public uint Loops(uint coreHertz)
    {
        Beyond(Wanted(coreHertz, 1000), out uint turns);
        return turns / 2;
    }

    /// <summary>Somebody has seen that it takes so many turns in each half of a clock of 1 kHz, not as many as were measured: all delays change alike.</summary>
    public void Stretch(uint set, uint measured) => (_set, _measured) = (set, measured);

    /// <summary>The fastest setting that is not faster than asked; the slowest there is, where none is slow enough.</summary>
    public void Choose(uint coreHertz, uint hertz)
    {
        uint wanted = Scale(Wanted(coreHertz, hertz), _set, _measured);
        int best = -1;
        for (int i = 0; i < Points - 1; i++)
            if (_periods[i] >= wanted && (best < 0 || _periods[i] < _periods[best])) best = i;
        uint period, turns;
        if (best >= 0) (period, turns) = (_periods[best], Turns(best));
        else period = Beyond(wanted, out turns);
        SetTurns(turns);
        Period = Scale(period, _measured, _set);
    }

    /// <summary>Turns of a period longer than those measured one by one; returns what they give.</summary>
    private uint Beyond(uint wanted, out uint turns)
    {
        uint near = _periods[Points - 2], span = Math.Max(_periods[Points - 1] - near, Far - Near);   // a turn takes at least 1 / Clocks cycles
        ulong extra = ((ulong)(wanted - near) * (Far - Near) + span - 1) / span;
        turns = Near + (uint)extra;
        return near + (uint)((extra * span + (Far - Near) - 1) / (Far - Near));
    }

    private static uint Scale(uint period, uint by, uint of) => by == of ? period : (uint)(((ulong)period * by + of - 1) / of);

    /// <summary>Whether a period is long enough for a frequency.</summary>
    public static bool Reaches(uint period, uint coreHertz, uint hertz) => period >= Wanted(coreHertz, hertz);

    public static uint Hertz(uint coreHertz, uint period) => period == 0 ? 0 : (uint)((ulong)coreHertz * Clocks / period);

    private static uint Wanted(uint coreHertz, uint hertz) => (uint)(((ulong)coreHertz * Clocks + hertz - 1) / hertz);
}
