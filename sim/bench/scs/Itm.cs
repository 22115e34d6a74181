namespace SharpProbe.Sim.Scs;

/// <summary>
/// Instrumentation trace macrocell (DDI0403 C1.7, packets D4): 32 stimulus ports, packets of the DWT, local timestamps and synchronisation, in a FIFO that the trace port
/// empties at its own rate. What finds no room is lost, and an overflow packet says so. The FIFO's depth is not in the manual: here two words with their headers.
/// </summary>
public sealed class Itm : CoreSightBlock
{
    private const uint Ports = 32 * 4;
    private const int Depth = 10, LargestSource = 5;
    private const int TimestampOn = 1, SyncOn = 2, ForwardDwt = 3, AsynchronousClock = 4;

    private readonly TimeBase _time;
    private readonly Func<bool> _traceEnabled;
    private readonly Chips.Register _control, _enable, _privilege;
    private readonly Queue<byte> _fifo = [];
    private ulong _stampedAt;
    private bool _overflow, _stampDue, _syncDue;

    /// <param name="features">Identification and lock.</param>
    /// <param name="time">The core's clock.</param>
    /// <param name="traceEnabled">DEMCR.TRCENA.</param>
    public Itm(CoreFeatures features, TimeBase time, Func<bool> traceEnabled) : base("ITM", features.ComponentParts[3], 0xE0, lockable: true)
    {
        (_time, _traceEnabled) = (time, traceEnabled);
        for (uint i = 0; i < 32; i++)
            Add(new() { Name = $"ITM_STIM{i}", Offset = i * 4, Widths = 7, WriteMask = 0, OnRead = () => Ready ? 1u : 0, OnWrite = (_, _) => { } });
        _enable = Add(new() { Name = "ITM_TER0", Offset = 0xE00 });
        _privilege = Add(new() { Name = "ITM_TPR", Offset = 0xE40, WriteMask = 15 });
        _control = Add(new() { Name = "ITM_TCR", Offset = 0xE80, ReadMask = 0x00FF_0F1F, WriteMask = 0x007F_0F1F, OnRead = ReadControl, OnWrite = (_, _) => CheckControl() });
    }

    /// <summary>A write to an enabled stimulus port, lost or not: port, value, width in bytes.</summary>
    public Action<int, uint, int>? Written { get; set; }

    /// <summary>Who takes the FIFO's bytes: told when there are some. Null: they vanish at once.</summary>
    internal Tpiu? Sink { get; set; }

    /// <summary>TCR.ITMENA with DEMCR.TRCENA.</summary>
    public bool Enabled => _control[0] && _traceEnabled();

    private bool Ready => Enabled && Room >= LargestSource;

    private int Room => Depth - _fifo.Count;

    /// <summary>True when unprivileged code may write this offset (TPR, C1.7.4).</summary>
    public bool UserMayWrite(uint offset) => offset < Ports && (_privilege.Value >> (int)(offset / 32) & 1) == 0;

    public override void Reset()
    {
        base.Reset();
        _fifo.Clear();
        _overflow = _stampDue = _syncDue = false;
    }

    public override void WriteBySoftware(uint offset, uint value, int width)
    {
        if (offset >= Ports && !_traceEnabled() && offset != 0xFB0) throw new BenchStop($"ITM offset 0x{offset:X} written while DEMCR.TRCENA is clear, which is unpredictable (DDI0403 C1.6.5)");
        if (offset >= Ports) base.WriteBySoftware(offset, value, width);
        else Stimulate((int)offset / 4, value, width);
    }

    /// <summary>Writes to stimulus ports come from software and, through the debug port, from a debugger.</summary>
    public override void Write(uint offset, uint value, int width)
    {
        if (offset >= Ports) base.Write(offset, value, width);
        else Stimulate((int)offset / 4, value, width);
    }

    /// <summary>A packet of the DWT, which TCR.TXENA lets in.</summary>
    internal void FromDwt(int discriminator, uint value, int width)
    {
        if (Enabled && _control[ForwardDwt]) Put(ItmPacket.Hardware(discriminator, value, width));
    }

    /// <summary>The DWT's synchronisation tap (DWT_CTRL.SYNCTAP).</summary>
    internal void SynchronizationTap()
    {
        if (!Enabled || !_control[SyncOn]) return;
        _syncDue = true;
        GoOn();
    }

    /// <summary>The trace port takes the oldest byte.</summary>
    internal bool TryTake(out byte value)
    {
        bool taken = _fifo.TryDequeue(out value);
        if (taken && (_overflow || _syncDue || _stampDue && _fifo.Count == 0)) Fill();
        return taken;
    }

    private void Stimulate(int port, uint value, int width)
    {
        if (!Enabled || !_enable[port]) return;
        Written?.Invoke(port, value & (width == 4 ? uint.MaxValue : (1u << 8 * width) - 1), width);
        Put(ItmPacket.Stimulus(port, value, width));
    }

    private void Put(byte[] packet)
    {
        if (Sink is null) return;
        bool waits = _fifo.Count > 0;
        _overflow = _overflow || !TryEnqueue(packet);
        if (_control[TimestampOn])
        {
            if (waits) _stampDue = true;
            else Stamp(delayed: false);
        }
        GoOn();
    }

    private void GoOn()
    {
        Fill();
        Sink?.Kick();
    }

    private void Fill()
    {
        if (_overflow) _overflow = !TryEnqueue(ItmPacket.Overflow);
        if (_syncDue) _syncDue = !TryEnqueue(ItmPacket.Synchronization);
        if (_stampDue && _fifo.Count == 0) Stamp(delayed: true);
    }

    private bool TryEnqueue(byte[] packet)
    {
        if (Room < packet.Length) return false;
        foreach (byte b in packet) _fifo.Enqueue(b);
        return true;
    }

    private void Stamp(bool delayed)
    {
        ulong cycles = _time.Cycles >> (int)_control.Field(8, 2) * 2;
        byte[] packet = ItmPacket.LocalTimestamp((uint)Math.Min(cycles - Math.Min(_stampedAt, cycles), uint.MaxValue), delayed);
        _stampDue = !TryEnqueue(packet);
        if (!_stampDue) _stampedAt = cycles;
    }

    /// <summary>BUSY, bit 23: bytes are under way.</summary>
    private uint ReadControl() => _control.Value | (_fifo.Count > 0 ? 1u << 23 : 0);

    private void CheckControl()
    {
        if (_control.Field(10, 2) != 0) throw new BenchStop("ITM_TCR.GTSFREQ: global timestamps are not modelled (the Cortex-M3 r1p1 has none)");
        if (_control[AsynchronousClock] && _control[TimestampOn]) throw new BenchStop("ITM_TCR.SWOENA: timestamps in clocks of the trace port are not modelled");
        if (_control[0] && !_control[TimestampOn]) _stampedAt = _time.Cycles >> (int)_control.Field(8, 2) * 2;
    }
}
