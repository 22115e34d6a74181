using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>A Kinetis or an LPC beside a probe without firmware; the test has its bus, as a debug port would, and its wires.</summary>
internal sealed class NxpRig : BusRig
{
    /// <param name="target">Of <see cref="TargetList"/>.</param>
    /// <param name="image">Flash from 0 on; none: an erased part.</param>
    public NxpRig(string target, byte[]? image = null) : base(TargetList.Find(target).Build)
    {
        if (image is not null) Target.Load(image, 0);
    }

    public Kinetis Kinetis => (Kinetis)Target;
    public Lpc Lpc => (Lpc)Target;
}
