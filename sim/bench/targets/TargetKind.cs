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
    /// <summary>CH32F103: a second lock in FLASH_CR.</summary>
    Ch32,
    /// <summary>GD32F303: a Cortex-M4.</summary>
    Gd32F303,
    /// <summary>AT32F403A with 1 MB in two banks, AT32F415.</summary>
    At32F403A,
    At32F415,
    /// <summary>AT32F421, pages of 1 KB.</summary>
    At32F421,
    /// <summary>CS32F103: an id of its own.</summary>
    Cs32,
}
