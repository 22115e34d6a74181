using SharpProbe.Sim.Chips.Clocks;

namespace SharpProbe.Sim.Boards;

/// <summary>
/// Counts the flash operations of a run (erases, and programmed words), cuts the power in one of them, and lets the board boot again: RAM is noise then, and the cells
/// under way hold what <see cref="TornCells"/> left.
/// </summary>
public sealed class PowerCut
{
    private readonly FlashOperations _flash;
    private readonly List<FlashOperation> _seen = [];
    private int _at = -1;
    private CutMoment _moment;

    public PowerCut(Machine machine)
    {
        _flash = machine.Chip.FlashOperations ?? throw new ArgumentException($"{machine.Board.Name}: flash operations are not counted on this chip");
        _flash.Began += _seen.Add;
        _flash.Cut = Decide;
        _flash.PowerLost += operation => Happened = operation;
    }

    /// <summary>Operations begun since the counting did.</summary>
    public IReadOnlyList<FlashOperation> Seen => _seen;

    /// <summary>The operation that was cut; null: none yet.</summary>
    public FlashOperation? Happened { get; private set; }

    /// <summary>Counts from 0 again, and cuts nothing.</summary>
    public void Count()
    {
        _seen.Clear();
        (_at, Happened) = (-1, null);
    }

    /// <summary>Counts from 0 again, and cuts the power once: in that operation.</summary>
    /// <param name="operation">0 for the next one.</param>
    /// <param name="moment">When in it.</param>
    /// <param name="seed">What the cells are left with.</param>
    public void Arm(int operation, CutMoment moment, int seed)
    {
        Count();
        (_at, _moment, _flash.Random) = (operation, moment, new(seed));
    }

    private ulong? Decide(FlashOperation operation)
    {
        if (_seen.Count - 1 != _at) return null;
        _at = -1;
        return _moment switch { CutMoment.Start => 0, CutMoment.Middle => (ulong)(operation.Duration * (0.05 + 0.9 * _flash.Random.NextDouble())), _ => operation.Duration };
    }
}
