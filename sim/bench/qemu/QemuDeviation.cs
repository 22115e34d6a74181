namespace SharpProbe.Sim.Qemu;

/// <summary>Where QEMU 7.2 does not do what the manual says. The generator makes no program whose result depends on one; no difference is excused afterwards.</summary>
/// <param name="What">QEMU's behaviour.</param>
/// <param name="Manual">What DDI0403E says instead, and where.</param>
/// <param name="Avoided">How the generated programs stay clear of it.</param>
public sealed record QemuDeviation(string What, string Manual, string Avoided)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<QemuDeviation> All { get; } =
    [
        new("A new floating-point context clears all of FPSCR",
            "FPSCR<26:22> is copied from FPDSCR, the flags stay (B1.5.7, ExecuteFPCheck())",
            "FPSCR's flags are zero wherever a context begins"),
        new("A division that traps stacks registers as they were when QEMU's translation block began",
            "the stacked registers are those before the faulting instruction (B1.5.6)",
            "an ISB, which ends a translation block, precedes it"),
        new("BFAR of a misaligned access is the aligned address below",
            "BFAR holds the address of the access that faulted, which is the one asked for (B3.2.18)",
            "accesses to unmapped addresses are aligned"),
        new("A branch with bit 0 clear to an address that is no multiple of 4 reports UFSR.UNALIGNED",
            "EPSR.T clear is UFSR.INVSTATE at any address (B1.5.14, B3.2.15)",
            "such targets are multiples of 4"),
    ];
}
