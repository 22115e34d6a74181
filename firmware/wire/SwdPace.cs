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

    public uint Low { get; private set; }

    public uint High { get; private set; }

    /// <summary>Of the chosen setting, in cycles × <see cref="Clocks"/>.</summary>
    public uint Period { get; private set; }

    /// <summary>Turns a clock of a measured setting.</summary>
    public static uint Turns(int point) => (uint)(point == Points - 1 ? Far : Least + point);

    public void SetTurns(uint turns) => (Low, High) = (turns / 2, turns - turns / 2);

    public void SetPoint(int point, uint period) => _periods[point] = period;

    /// <summary>The fastest setting that is not faster than asked; the slowest there is, where none is slow enough.</summary>
    public void Choose(uint coreHertz, uint hertz)
    {
        uint wanted = Wanted(coreHertz, hertz);
        int best = -1;
        for (int i = 0; i < Points - 1; i++)
            if (_periods[i] >= wanted && (best < 0 || _periods[i] < _periods[best])) best = i;
        if (best >= 0)
        {
            SetTurns(Turns(best));
            Period = _periods[best];
            return;
        }
        uint near = _periods[Points - 2], span = Math.Max(_periods[Points - 1] - near, Far - Near);   // a turn takes at least 1 / Clocks cycles
        ulong extra = ((ulong)(wanted - near) * (Far - Near) + span - 1) / span;
        SetTurns(Near + (uint)extra);
        Period = near + (uint)((extra * span + (Far - Near) - 1) / (Far - Near));
    }

    /// <summary>Whether a period is long enough for a frequency.</summary>
    public static bool Reaches(uint period, uint coreHertz, uint hertz) => period >= Wanted(coreHertz, hertz);

    public static uint Hertz(uint coreHertz, uint period) => period == 0 ? 0 : (uint)((ulong)coreHertz * Clocks / period);

    private static uint Wanted(uint coreHertz, uint hertz) => (uint)(((ulong)coreHertz * Clocks + hertz - 1) / hertz);
}
