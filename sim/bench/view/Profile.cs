using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Sim.View;

/// <summary>
/// Cycles and instructions by C# function and by chain of callers. Every exception is a root of its own, so an interrupt's time is never in the function that it interrupted.
/// An exception's entry cycles go to its first instruction; time asleep in WFI or WFE goes to "(asleep)".
/// </summary>
public sealed class Profile : IDisposable
{
    private static readonly CodeRange Thread = new("thread", "", 0, 0), Asleep = new("(asleep)", "", 0, 0);
    private static readonly string[] Exceptions =
        ["thread", "Reset", "NMI", "HardFault", "MemManage", "BusFault", "UsageFault", "7", "8", "9", "10", "SVCall", "DebugMonitor", "13", "PendSV", "SysTick"];

    private readonly Core _core;
    private readonly SymbolMap _symbols;
    private readonly Dictionary<uint, (ProfileNode Root, ProfileNode At)> _contexts = [];
    private readonly Dictionary<uint, CodeRange> _unnamed = [];
    private ProfileNode _root, _at;
    private CodeRange _function;
    private uint _exception;
    private ulong _cycles;
    private bool _slept;

    public Profile(Core core, SymbolMap symbols)
    {
        (_core, _symbols, _cycles, _exception) = (core, symbols, core.Time.Cycles, core.Ipsr);
        (_root, _at, _function) = (null!, null!, Thread);
        Enter(core.Ipsr, afresh: false);
        core.InstructionDone += Record;
    }

    /// <summary>Roots: thread mode and each exception seen.</summary>
    public IEnumerable<ProfileNode> Roots => _contexts.OrderBy(c => c.Key).Select(c => c.Value.Root);

    /// <summary>Rows, the most own cycles first.</summary>
    public IReadOnlyList<ProfileRow> Rows()
    {
        var rows = new Dictionary<(string, string), ProfileRow>();
        foreach (var root in Roots)
            foreach (var node in Below(root))
            {
                if (node == root && node.Instructions == 0 && node.Cycles == 0) continue;
                string name = node == root ? "(entry)" : node.Function.Name;
                var row = rows.GetValueOrDefault((root.Function.Name, name)) ?? new(root.Function.Name, name, 0, 0, 0, 0);
                ulong total = IsRecursive(node) ? 0 : node.TotalCycles;
                rows[(root.Function.Name, name)] = row with
                {
                    Cycles = row.Cycles + node.Cycles,
                    TotalCycles = row.TotalCycles + total,
                    Instructions = row.Instructions + node.Instructions,
                    Calls = row.Calls + node.Calls,
                };
            }
        return [.. rows.Values.OrderByDescending(r => r.Cycles).ThenBy(r => r.Context + r.Function, StringComparer.Ordinal)];
    }

    /// <summary>One line a chain of callers, "a;b;c 123": what flame graph programs read ("collapsed stacks"). Unit: cycles.</summary>
    public void WriteCollapsed(TextWriter output)
    {
        foreach (var root in Roots)
            foreach (var node in Below(root))
                if (node.Cycles != 0) output.WriteLine($"{Chain(node)} {node.Cycles}");
    }

    public void Dispose() => _core.InstructionDone -= Record;

    private void Record()
    {
        uint pc = _core.InstructionAddress;
        ulong now = _core.Time.Cycles, spent = now - _cycles;
        _cycles = now;
        if (_slept)
        {
            _root.Callee(Asleep).Cycles += spent;
            spent = 0;
        }
        // The number changes before a handler's first instruction, and inside the instruction that returns.
        if (_core.Ipsr != _exception && pc == HandlerOf(_core.Ipsr)) Enter(_core.Ipsr, afresh: true);
        if (!_function.Contains(pc) || pc == _function.Address) Move(pc);
        _at.Cycles += spent;
        _at.Instructions++;
        _slept = _core.Sleeping;
        if (_core.Ipsr != _exception) Enter(_core.Ipsr, afresh: _core.Pc == HandlerOf(_core.Ipsr));
    }

    private uint HandlerOf(uint exception) =>
        exception != 0 && _core.Bus.TryRead(_core.Scb.Vtor + 4 * exception, 4, out uint handler) ? handler & ~1u : uint.MaxValue;

    // Into another function, or back to the start of this one. At a function's first instruction it is a call; elsewhere a return.
    private void Move(uint pc)
    {
        var function = FunctionOf(pc);
        if (pc != function.Address)
            for (var node = _at; node is not null && node != _root; node = node.Caller)
                if (node.Function == function)
                {
                    (_at, _function) = (node, function);
                    return;
                }
        bool returnsHere = _function.Contains((_core[14] & ~1u) - 2);
        var caller = _at == _root || returnsHere ? _at : _at.Caller!;
        if (_function == function && !returnsHere) return;        // a loop whose head is the function's first instruction
        _at = caller.Callee(function);
        _at.Calls++;
        _function = function;
    }

    // An exception begins at its root. Thread mode, and an exception that was preempted, go on where they were.
    private void Enter(uint exception, bool afresh)
    {
        if (_root is not null) _contexts[_exception] = (_root, _at);
        if (!_contexts.TryGetValue(exception, out var context))
        {
            var root = new ProfileNode(null, exception == 0 ? Thread : new(NameOf(exception), "", 0, 0));
            context = (root, root);
        }
        (_root, _at, _exception) = (context.Root, afresh ? context.Root : context.At, exception);
        _contexts[exception] = (_root, _at);
        _function = _at.Function;
    }

    private CodeRange FunctionOf(uint pc)
    {
        if (_symbols.Function(pc) is { } f) return f;
        uint page = pc & ~0x3FFu;
        return _unnamed.TryGetValue(page, out var range) ? range : _unnamed[page] = new($"0x{page:X8}", "", page, 0x400);
    }

    private static string NameOf(uint exception) => exception < 16 ? Exceptions[exception] : $"interrupt {exception - 16}";

    private static IEnumerable<ProfileNode> Below(ProfileNode node) => node.Callees.SelectMany(Below).Prepend(node);

    private static bool IsRecursive(ProfileNode node)
    {
        for (var n = node.Caller; n is not null; n = n.Caller)
            if (n.Function == node.Function) return true;
        return false;
    }

    private static string Chain(ProfileNode node) => node.Caller is null ? node.Function.Name : $"{Chain(node.Caller)};{node.Function.Name}";
}
