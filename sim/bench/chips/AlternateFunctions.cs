namespace SharpProbe.Sim.Chips;

/// <summary>
/// Which signal a pin carries in which alternate function, from rows of text as the datasheet's table has them:
/// "PA9 1:TIM1_CH2 7:USART1_TX". Functions that share a number are separate entries.
/// </summary>
public sealed class AlternateFunctions
{
    private readonly bool _partial;
    private readonly Dictionary<(string Pin, int Function), string[]> _signals;

    /// <param name="rows">See above.</param>
    /// <param name="partial">The table lacks functions that the part has: choosing one is no mistake.</param>
    public AlternateFunctions(string rows, bool partial = false) =>
        (_partial, _signals) = (partial, rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(words => words.Skip(1).Select(w => (Pin: words[0], Entry: w.Split(':'))))
            .GroupBy(x => (x.Pin, int.Parse(x.Entry[0])), x => x.Entry[1])
            .ToDictionary(g => g.Key, g => g.ToArray()));

    /// <summary>A function that is not in the table is a mistake.</summary>
    public bool IsComplete => !_partial;

    /// <summary>Signals behind a pin's function; empty when the datasheet leaves it blank. Function 15 is EVENTOUT everywhere.</summary>
    public IReadOnlyList<string> Find(string pin, int function) =>
        function == 15 ? ["EVENTOUT"] : _signals.GetValueOrDefault((pin, function)) ?? [];
}
