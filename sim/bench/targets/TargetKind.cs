namespace SharpProbe.Sim.Targets;

/// <summary>The parts that a board with "an STM32F103" on it may really carry.</summary>
public enum TargetKind
{
    Genuine,
    /// <summary>CKS32F103 and its like: newer core revision, fast flash.</summary>
    Clone,
    Gd32,
    /// <summary>A genuine part at the slow end of its datasheet.</summary>
    Slow,
}
