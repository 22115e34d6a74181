using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Kinetis;
using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Targets;

/// <summary>A Kinetis of any kind, as its board sees it.</summary>
public abstract class ChipMdm(string name, CoreKind kind, MdmPorts port, TimeBase time, Nets nets) : Chip(name, kind, port.Core, time, nets)
{
    /// <summary>What its debug port says of itself.</summary>
    public MdmPorts Port => port;

    /// <summary>The system is kept in reset.</summary>
    public Func<bool> IsHeld { get; set; } = () => false;

    /// <summary>The program flash.</summary>
    public abstract MemoryRegion Array { get; }

    public abstract MdmFlash Flash { get; }

    protected MemoryRegion AddArray(uint kilobytes)
    {
        var array = new MemoryRegion("flash", 0, kilobytes * 1024, MemoryTiming.Flash);
        Bus.Map(array);
        return array;
    }
}
