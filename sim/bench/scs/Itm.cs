namespace SharpProbe.Sim.Scs;

/// <summary>
/// Instrumentation trace macrocell (DDI0403 C1.7): 32 stimulus ports whose writes go to <see cref="Written"/>. Timestamps, synchronisation and forwarded
/// DWT packets belong to the trace port and are not produced.
/// </summary>
public sealed class Itm : CoreSightBlock
{
    private const uint Ports = 32 * 4;

    private readonly Func<bool> _traceEnabled;
    private readonly Chips.Register _control, _enable;

    /// <param name="features">Identification and lock.</param>
    /// <param name="traceEnabled">DEMCR.TRCENA.</param>
    public Itm(CoreFeatures features, Func<bool> traceEnabled) : base("ITM", features.ComponentParts[3], 0xE0, lockable: true)
    {
        _traceEnabled = traceEnabled;
        for (uint i = 0; i < 32; i++)
            Add(new() { Name = $"ITM_STIM{i}", Offset = i * 4, Widths = 7, WriteMask = 0, OnRead = () => Enabled ? 1u : 0, OnWrite = (_, _) => { } });
        _enable = Add(new() { Name = "ITM_TER0", Offset = 0xE00 });
        Add(new() { Name = "ITM_TPR", Offset = 0xE40, WriteMask = 15 });
        _control = Add(new() { Name = "ITM_TCR", Offset = 0xE80, WriteMask = 0x007F_0F1F });
    }

    /// <summary>A write to an enabled stimulus port: port, value, width in bytes. The FIFO is never full.</summary>
    public Action<int, uint, int>? Written { get; set; }

    /// <summary>TCR.ITMENA with DEMCR.TRCENA.</summary>
    public bool Enabled => _control[0] && _traceEnabled();

    /// <summary>True when unprivileged code may write this offset (TPR, C1.7.4).</summary>
    public bool UserMayWrite(uint offset) => offset < Ports && (Registers.First(r => r.Offset == 0xE40).Value >> (int)(offset / 32) & 1) == 0;

    public override void WriteBySoftware(uint offset, uint value, int width)
    {
        if (offset >= Ports)
        {
            if (!_traceEnabled() && offset != 0xFB0) throw new BenchStop($"ITM offset 0x{offset:X} written while DEMCR.TRCENA is clear, which is unpredictable (DDI0403 C1.6.5)");
            base.WriteBySoftware(offset, value, width);
            return;
        }
        int port = (int)offset / 4;
        if (Enabled && _enable[port]) Written?.Invoke(port, value, width);
    }
}
