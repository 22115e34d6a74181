namespace SharpProbe.Sim.Scs;

/// <summary>The 4 KB at 0xE000E000: NVIC, SysTick, SCB, MPU, FPU, caches and core debug, each of which brings its registers.</summary>
public sealed class SystemControlSpace : CoreSightBlock
{
    /// <param name="features">Identification.</param>
    /// <param name="registers">Of all the parts; offsets from 0xE000E000.</param>
    public SystemControlSpace(CoreFeatures features, IEnumerable<Chips.Register> registers) : base("SCS", features.ComponentParts[0], 0xE0, lockable: false)
    {
        // The M7 has its cache error bank registers, which no STM32 here implements, where other blocks have LAR and LSR.
        foreach (var r in registers) Add(r);
    }
}
