using SharpProbe.Sim.Elf;

namespace SharpProbe.Sim.View;

/// <summary>A function in one chain of callers.</summary>
public sealed class ProfileNode(ProfileNode? caller, CodeRange function)
{
    private readonly Dictionary<CodeRange, ProfileNode> _callees = [];

    public ProfileNode? Caller { get; } = caller;
    public CodeRange Function { get; } = function;
    public IReadOnlyCollection<ProfileNode> Callees => _callees.Values;

    /// <summary>Cycles of the function's own instructions.</summary>
    public ulong Cycles { get; internal set; }
    public ulong Instructions { get; internal set; }
    public ulong Calls { get; internal set; }

    /// <summary>Own cycles and those of everything called from here.</summary>
    public ulong TotalCycles => Cycles + _callees.Values.Aggregate(0ul, (sum, c) => sum + c.TotalCycles);

    internal ProfileNode Callee(CodeRange function) =>
        _callees.TryGetValue(function, out var node) ? node : _callees[function] = new(this, function);
}
