using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Debugging;

/// <summary>What <see cref="WiredPins"/> must know of a bench.</summary>
interface IWiredBench
{
    Machine Probe { get; }
    SimTarget Target { get; }
    bool HoldsReset { get; set; }
    bool InReset { get; }

    /// <summary>The probe is busy for so many cycles.</summary>
    void PassCycles(uint cycles);
}
