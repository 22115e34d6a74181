using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>A debug port by SWD.</summary>
/// <param name="line">What all debug ports of this wire share.</param>
sealed class SwDebugPort(Swd wire, SwdLine line, SignalQuality quality, Clock clock, Background background) : DebugPort(wire, quality, clock, background)
{
    private const uint Sticky = 0x1E;

    /// <summary>In Hz: a target that does not answer at this clock is not there.</summary>
    private const uint SlowestTry = 500_000;

    private readonly Swd _wire = wire;
    private readonly SwdLine _line = line;
    private uint _targetSel;

    public override uint TargetSel => _targetSel;

    /// <summary>0: any one; else the TARGETSEL value of one device on a multi-drop line. With 0 and nobody who answers without, the known ones are tried.</summary>
    public void Choose(uint targetSel) => _targetSel = targetSel;

    /// <summary>Another debug port of the chip that has been found answers to this TARGETSEL value: it has told its DPIDR, and nothing else has been done to it.</summary>
    public bool TryFindBeside(uint targetSel)
    {
        Forget();
        _targetSel = targetSel;
        SwdSelection.LineReset(_wire);
        return Identify() == SwdAck.Ok;
    }

    /// <summary>Deselected ports keep all they know; only SELECT may be another's.</summary>
    protected override void Turn()
    {
        if (_targetSel == 0 || _line.Selected == this) return;
        SwdSelection.LineReset(_wire);
        Identify();                                          // without an answer the next transaction has none either, which is dealt with there
    }

    /// <summary>Line reset and DPIDR, by each way into SWD in turn; slower, while nothing answers that makes sense.</summary>
    protected override DebugFault Find()
    {
        _wire.Connect();
        uint asked = _wire.Frequency;
        SwdAck worst = SwdAck.NoAnswer;
        while (true)
        {
            SwdSelection.FromJtag(_wire);
            SwdAck ack = Identify();
            if (ack == SwdAck.NoAnswer)
            {
                SwdSelection.FromDormant(_wire);
                ack = Identify();
            }
            if (ack == SwdAck.Ok ? _targetSel != 0 || !IsOneOfMany() || FindOnMultiDrop() || FindAlone() : _targetSel == 0 && FindOnMultiDrop()) break;
            if (ack is not (SwdAck.NoAnswer or SwdAck.Ok)) worst = ack;
            uint slower = _wire.Frequency / 2;
            if (slower < SlowestTry)
            {
                _wire.Frequency = asked;
                return NotFound(worst);
            }
            _wire.Frequency = slower;
        }
        if (_wire.Frequency < asked) Quality.Tell();
        return DebugFault.None;
    }

    private DebugFault NotFound(SwdAck ack)
    {
        if (_wire.InReset && !_wire.HoldReset) return FaultKind.HeldInReset;
        return ack switch
        {
            SwdAck.NoAnswer or 0 => FaultKind.NoAnswer,
            SwdAck.Parity => FaultKind.ParityError,
            _ => new DebugFault(FaultKind.ProtocolError, 0, (uint)ack),
        };
    }

    /// <summary>After a line reset: TARGETSEL where one is wanted, then DPIDR.</summary>
    private SwdAck Identify()
    {
        _line.Selected = this;
        if (_targetSel != 0) _wire.WriteTargetSel(_targetSel);
        SwdAck ack = _wire.Read(SwdRequest.ReadDp(DpIdrOrAbort), out uint id);
        if (ack != SwdAck.Ok) return ack;
        if (id is 0 or uint.MaxValue) return SwdAck.NoAnswer;
        Took(id);
        return SwdAck.Ok;
    }

    /// <summary>
    /// Until TARGETSEL chooses, all debug ports of a multi-drop chip do what they are told, the RP2040's rescue port too, whose power request restarts the chip: before any, a port of version 2
    /// is asked for TARGETID, which all of them answer alike.
    /// </summary>
    private bool IsOneOfMany()
    {
        if ((DpIdr >> 12 & 15) < 2 || !ReadBanked(2, CtrlStat, out uint targetId, out _)) return false;
        foreach (uint id in MultiDrop.TargetIds)
            if ((targetId ^ id) << 4 == 0) return true;
        return false;
    }

    private bool FindAlone()
    {
        SwdSelection.LineReset(_wire);
        return Identify() == SwdAck.Ok;
    }

    private bool FindOnMultiDrop()
    {
        foreach (uint id in MultiDrop.TargetIds)
        {
            for (uint instance = 0; instance < MultiDrop.Instances; instance++)
            {
                SwdSelection.LineReset(_wire);
                _targetSel = id | instance << 28;
                if (Identify() == SwdAck.Ok && (DpIdr >> 12 & 15) >= 2) return true;
            }
        }
        _targetSel = 0;
        return false;
    }

    protected override SwdAck Restart(int attempt)
    {
        if (attempt == 0) SwdSelection.LineReset(_wire);
        else SwdSelection.FromJtag(_wire);
        return Identify();
    }

    /// <summary>By ABORT.</summary>
    protected override SwdAck ClearSticky(bool abort) => _wire.Write(SwdRequest.WriteDp(DpIdrOrAbort), abort ? DapAbort | Sticky : Sticky);
}
