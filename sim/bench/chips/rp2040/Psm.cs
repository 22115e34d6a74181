namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>PSM: the power-on state machine's forced resets (RP2040 datasheet 2.13, RP2350 datasheet 7.4). Only the processors, the last two of its chain, can be forced off.</summary>
public sealed class Psm : Peripheral
{
    private readonly Register _off;

    /// <param name="hold">Holds a core (0 or 1) in reset, or lets it go.</param>
    /// <param name="first">Bit of the first processor.</param>
    public Psm(Action<int, bool> hold, int first = 15) : base("PSM")
    {
        uint all = (4u << first) - 1, processors = 3u << first;
        Add(new() { Name = "FRCE_ON", Offset = 0, ReadMask = all, WriteMask = all, Unmodelled = [new("FRCE_ON", all)] });
        _off = Add(new()
        {
            Name = "FRCE_OFF", Offset = 4, ReadMask = all, WriteMask = all, Unmodelled = [new("anything but a processor", all & ~processors)],
            OnWrite = (old, _) =>
            {
                for (int core = 0; core < 2; core++)
                    if (((old ^ _off!.Value) >> first + core & 1) != 0) hold(core, _off[first + core]);
            },
        });
        Add(new() { Name = "WDSEL", Offset = 8, ReadMask = all, WriteMask = all });
        Add(new() { Name = "DONE", Offset = 12, WriteMask = 0, OnRead = () => all & ~_off.Value, OnWrite = (_, _) => { } });
    }
}
