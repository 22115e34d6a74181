using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Sim.View;

/// <summary>
/// Every instruction as a line: cycle, address, C# function, text, registers that changed. Keeps the last ones for reports; writes all of them when it has an output.
/// The core pays for it only while it is attached.
/// </summary>
public sealed class InstructionTrace : IDisposable
{
    private const int Sp = 13, Lr = 14, Psr = 15;

    private readonly Core _core;
    private readonly SymbolMap _symbols;
    private readonly Disassembly _disassembly;
    private readonly TextWriter? _output;
    private readonly TraceEntry[] _last;
    private RegisterSnapshot _before;
    private int _next;

    /// <param name="keep">How many of the last instructions <see cref="Last"/> gives.</param>
    public InstructionTrace(Core core, SymbolMap symbols, Disassembly disassembly, TextWriter? output = null, int keep = 16)
    {
        (_core, _symbols, _disassembly, _output, _last) = (core, symbols, disassembly, output, new TraceEntry[keep]);
        _before = Snapshot();
        core.InstructionDone += Record;
    }

    /// <summary>Instructions seen.</summary>
    public ulong Count { get; private set; }

    /// <summary>The last instructions as lines, oldest first.</summary>
    public IEnumerable<string> Last()
    {
        for (int i = 0; i < _last.Length; i++)
        {
            var entry = _last[(_next + i) % _last.Length];
            if (entry.Opcode != 0 || entry.Cycle != 0) yield return Line(entry);
        }
    }

    public void Dispose()
    {
        _core.InstructionDone -= Record;
        _output?.Flush();
    }

    private void Record()
    {
        var now = Snapshot();
        uint changed = 0;
        for (int i = 0; i < 16; i++)
            if (now[i] != _before[i]) changed |= 1u << i;
        var entry = new TraceEntry(_core.Time.Cycles, _core.InstructionAddress, Opcode(_core.InstructionAddress), changed, now);
        _before = now;
        _last[_next] = entry;
        _next = (_next + 1) % _last.Length;
        Count++;
        _output?.WriteLine(Line(entry));
    }

    private RegisterSnapshot Snapshot()
    {
        var snapshot = new RegisterSnapshot();
        for (int i = 0; i < Psr; i++) snapshot[i] = _core[i];
        snapshot[Psr] = _core.Xpsr;
        return snapshot;
    }

    // First halfword in the upper half for a 32-bit instruction (DDI0403 A5.1), else alone.
    private uint Opcode(uint address)
    {
        if (!_core.Bus.TryRead(address, 2, out uint first)) return 0;
        bool wide = first >> 11 is 0x1D or 0x1E or 0x1F;
        return wide && _core.Bus.TryRead(address + 2, 2, out uint second) ? first << 16 | second : first;
    }

    private string Line(in TraceEntry e)
    {
        string raw = e.Opcode > 0xFFFF ? $"{e.Opcode >> 16:x4} {e.Opcode & 0xFFFF:x4}" : $"{e.Opcode:x4}     ";
        string text = $"{e.Cycle,12}  {e.Address:x8}  {raw}  {_disassembly[e.Address] ?? "",-32} {Changes(e)}";
        return $"{text,-100} ; {_symbols.Name(e.Address)}";
    }

    private static string Changes(in TraceEntry e)
    {
        var parts = new List<string>();
        for (int i = 0; i < Psr; i++)
            if ((e.Changed >> i & 1) != 0) parts.Add($"{(i == Sp ? "sp" : i == Lr ? "lr" : $"r{i}")}={e.Registers[i]:x}");
        if ((e.Changed >> Psr & 1) != 0) parts.Add($"xpsr={e.Registers[Psr]:x8}");
        return string.Join(' ', parts);
    }
}
