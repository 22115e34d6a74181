using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>The rows that a kind of core has, each as often as it is to be taken.</summary>
internal sealed class InstructionMix
{
    private static readonly Dictionary<CoreKind, InstructionMix> Mixes = [];

    private InstructionMix(CoreKind kind)
    {
        Any = [.. Encodings.All.Where(e => Has(kind, e.Group)).SelectMany(e => Enumerable.Repeat(e, Weight(e.Group)))];
        AnyInIt = [.. Any.Where(e => e.AllowedInIt)];
        Plain = [.. Any.Where(e => e.Access == null)];
        PlainInIt = [.. Plain.Where(e => e.AllowedInIt)];
    }

    public Encoding[] Any { get; }
    public Encoding[] AnyInIt { get; }
    /// <summary>Those that need nothing prepared.</summary>
    public Encoding[] Plain { get; }
    public Encoding[] PlainInIt { get; }

    public static InstructionMix Of(CoreKind kind)
    {
        lock (Mixes)
        {
            if (!Mixes.TryGetValue(kind, out var mix)) Mixes[kind] = mix = new(kind);
            return mix;
        }
    }

    /// <summary>The optional parts of the architecture: DSP from the M4 on, FPv5's additions from the M7 on, double arithmetic where it is.</summary>
    public static bool Has(CoreKind kind, string group)
    {
        if (group is "parallel" or "saturating" or "packing" or "DSP multiply") return kind >= CoreKind.CortexM4;
        if (!group.StartsWith("float", StringComparison.Ordinal)) return true;
        if (group == "float memory double") return kind >= CoreKind.CortexM4;
        if (group.EndsWith("double", StringComparison.Ordinal)) return kind == CoreKind.CortexM7Double;
        bool version5 = group.StartsWith("float select", StringComparison.Ordinal) || group.StartsWith("float rounding", StringComparison.Ordinal);
        return kind >= (version5 ? CoreKind.CortexM7 : CoreKind.CortexM4);
    }

    /// <summary>Where a result depends on more than the row, the row comes more often.</summary>
    private static int Weight(string group) => group switch
    {
        "system" or "float memory single" or "float memory double" or "single transfer" or "16-bit memory" => 1,
        "float move" => 2,
        _ when group.StartsWith("float", StringComparison.Ordinal) => 6,
        _ => 2,
    };
}
