using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Gdb;

/// <summary>
/// Breakpoints and watchpoints of the simulator: any number, anywhere, invisible to the firmware, and free where they are not. A breakpoint is a mark in the decoded
/// instruction; a watched page loses the core's direct pointer.
/// </summary>
public sealed class DebugPoints(Core core)
{
    private const uint PageSize = 4096;

    private readonly HashSet<uint> _breakpoints = [];
    private readonly List<Watchpoint> _watchpoints = [];

    /// <summary>The watchpoint that ended the run, and the address that was touched.</summary>
    public (Watchpoint Point, uint Address)? Hit { get; set; }

    public void AddBreakpoint(uint address)
    {
        if (_breakpoints.Add(address)) core.InvalidateCode(address, 2);
    }

    public void RemoveBreakpoint(uint address)
    {
        if (_breakpoints.Remove(address)) core.InvalidateCode(address, 2);
    }

    public void Add(Watchpoint point)
    {
        if (_watchpoints.Contains(point)) return;
        _watchpoints.Add(point);
        core.FlushAccess();
    }

    public void Remove(Watchpoint point)
    {
        if (_watchpoints.Remove(point)) core.FlushAccess();
    }

    public void Clear()
    {
        foreach (uint address in _breakpoints.ToArray()) RemoveBreakpoint(address);
        foreach (var point in _watchpoints.ToArray()) Remove(point);
    }

    internal bool Breaks(uint address) => _breakpoints.Contains(address);

    internal bool WatchesPage(uint page)
    {
        foreach (var w in _watchpoints)
            if (w.Address < page + PageSize && page < w.Address + w.Size) return true;
        return false;
    }

    internal void Access(uint address, int width, bool write)
    {
        foreach (var w in _watchpoints)
        {
            if (!w.Hits(address, width, write)) continue;
            Hit = (w, address);
            core.RequestHalt();
            return;
        }
    }
}
