namespace SharpProbe.Sim.Pins;

/// <summary>One member of a wire: a chip's pin, a resistor, a connector's far end.</summary>
public sealed class NetDriver
{
    internal NetDriver(string owner, Net net) => (Owner, Net) = (owner, net);

    /// <summary>Named in a conflict's message: "F723.PA9".</summary>
    public string Owner { get; }
    public Net Net { get; private set; }
    public Drive Drive { get; private set; }

    /// <summary>Changes what this member does to the wire. <paramref name="time"/>: exact moment in femtoseconds when it is known better than "now".</summary>
    public void Set(Drive drive, ulong? time = null)
    {
        if (drive == Drive) return;
        Drive = drive;
        Net.Resolve(time);
    }

    /// <summary>Moves this member to another wire.</summary>
    public void MoveTo(Net net)
    {
        if (net == Net) return;
        var old = Net;
        old.Remove(this);
        Net = net;
        net.Add(this);
    }
}
