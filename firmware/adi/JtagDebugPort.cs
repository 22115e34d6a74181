using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>A debug port by JTAG: one TAP of a chain that a <see cref="TapScan"/> has found.</summary>
public sealed class JtagDebugPort(Jtag jtag, SignalQuality quality, Clock clock, Background background) : DebugPort(jtag, quality, clock, background)
{
    private const uint IdCodeInstruction = 0b1110, Sticky = 0x32;

    private readonly Jtag _jtag = jtag;
    private TapPlace _place;
    private uint _idCode;

    public void Choose(TapPlace place, uint idCode) => (_place, _idCode) = (place, idCode);

    protected override void Turn()
    {
        if (!_jtag.Place.Is(_place)) _jtag.Place = _place;
    }

    protected override DebugFault Find() => Identify() == SwdAck.Ok ? DebugFault.None : FaultKind.LostTarget;

    protected override SwdAck Restart(int attempt)
    {
        if (attempt == 0) _jtag.Reset();
        else JtagSelection.FromSwd(_jtag);
        return Identify();
    }

    /// <summary>The first debug ports have no DPIDR: IDCODE stands for it, but for bits 15:12, which would be the version.</summary>
    private SwdAck Identify()
    {
        Turn();
        _jtag.Forget();
        _jtag.Instruct(IdCodeInstruction);
        if (_jtag.ReadData() != _idCode) return SwdAck.NoAnswer;
        SwdAck ack = _jtag.Read(SwdRequest.ReadDp(DpIdrOrAbort), out uint id);
        for (int i = 0; ack == SwdAck.Wait && i < DebugLink.BusyRetries; i++) ack = _jtag.Read(SwdRequest.ReadDp(DpIdrOrAbort), out id);
        if (ack is not (SwdAck.Ok or SwdAck.Wait)) return ack;
        Took(ack == SwdAck.Ok && id != 0 ? id : _idCode & ~0xF000u);
        return SwdAck.Ok;
    }

    /// <summary>By CTRL/STAT (IHI 0031, "CTRL/STAT": on a JTAG-DP the flags are cleared by writing one).</summary>
    protected override SwdAck ClearSticky(bool abort)
    {
        if (abort) _jtag.Write(SwdRequest.WriteDp(DpIdrOrAbort), DapAbort);
        return _jtag.Write(SwdRequest.WriteDp(CtrlStat), PowerUpRequests | Sticky);
    }
}
