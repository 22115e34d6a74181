using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.F1;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Sim.Targets;

/// <summary>A chip of which the core, the memories, the flash controller and what identifies it are modelled, and nothing that only its own software needs. It starts at 0, always.</summary>
public abstract class PlainChip : Chip
{
    private readonly List<Peripheral> _placed = [];

    protected PlainChip(string name, CoreKind kind, CoreFeatures features, ulong hertz, TimeBase time, Nets nets) : base(name, kind, features, time, nets)
    {
        Time.SetFrequency(hertz);
        Work = new(time);
    }

    /// <summary>What the flash controller has under way.</summary>
    public FlashWork Work { get; }

    /// <summary>The modelled blocks, for register checks.</summary>
    public IReadOnlyList<Peripheral> Placed => _placed;

    public override void StartAt(uint address) => throw new BenchStop($"an {Die.Name} starts at 0, always");

    public override void Reset(ResetCause cause)
    {
        Work.Abort();
        foreach (var block in _placed) block.Reset();
        ResetBlocks(cause);
        if (cause == ResetCause.PowerOn) Core.ResetDebug();
        Core.Reset();
    }

    /// <summary>Whether a debugger may reach this address now.</summary>
    public virtual bool Admits(uint address) => true;

    /// <summary>The access port is open at all.</summary>
    public virtual bool IsOpen => true;

    /// <summary>What is no <see cref="Peripheral"/>, and what a reset loads from non-volatile bits.</summary>
    protected virtual void ResetBlocks(ResetCause cause) { }

    protected void Place(uint address, uint size, Peripheral block)
    {
        _placed.Add(block);
        Bus.Map(address, size, new BlockOnBus(block, () => true));
    }
}
