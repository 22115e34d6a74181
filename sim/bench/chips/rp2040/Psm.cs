namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>PSM: the power-on state machine's forced resets (RP2040 datasheet 2.13). Only the processors, the last two of its chain, can be forced off.</summary>
public sealed class Psm : Peripheral
{
    private const uint All = 0x1_FFFF, Processors = 3u << 15;

    private readonly Register _off;

    /// <param name="hold">Holds a core (0 or 1) in reset, or lets it go.</param>
    public Psm(Action<int, bool> hold) : base("PSM")
    {
        Add(new() { Name = "FRCE_ON", Offset = 0, ReadMask = All, WriteMask = All, Unmodelled = [new("FRCE_ON", All)] });
        _off = Add(new()
        {
            Name = "FRCE_OFF", Offset = 4, ReadMask = All, WriteMask = All, Unmodelled = [new("anything but a processor", All & ~Processors)],
            OnWrite = (old, _) =>
            {
                for (int core = 0; core < 2; core++)
                    if (((old ^ _off!.Value) >> 15 + core & 1) != 0) hold(core, _off[15 + core]);
            },
        });
        Add(new() { Name = "WDSEL", Offset = 8, ReadMask = All, WriteMask = All });
        Add(new() { Name = "DONE", Offset = 12, WriteMask = 0, OnRead = () => All & ~_off.Value, OnWrite = (_, _) => { } });
    }
}
