using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>An OUT endpoint in slave mode: packets go to the common receive FIFO (RM0431 and RM0433, "OUT data transfers").</summary>
internal sealed class OtgOut : OtgEndpoint
{
    private const int Xfrc = 0, Stup = 3, TokenDisabled = 4, StatusPhase = 5, BackToBack = 6, NakInterrupt = 13, NyetInterrupt = 14;

    private readonly OtgRxFifo _rx;
    private int _room;
    private uint _left;
    private bool _deferred;

    public OtgOut(Otg core, int number, OtgRxFifo rx)
        : base(core, number, 'O', 0xB00 + 0x20 * (uint)number, number == 0 ? 0u : 0x7FF | Usbaep | 3u << 18)
    {
        _rx = rx;
        Flags = core.AddRegister(new() { Name = $"DOEPINT{number}", Offset = 0xB08 + 0x20 * (uint)number, ReadMask = 0xF37F, WriteMask = 0, ClearByOne = 0xF37F });
    }

    public override Register Flags { get; }

    public override int MaxPacket => Number == 0 ? Core.MaxPacket0 : base.MaxPacket;

    public override bool WouldRefuse => Nak || Core.GlobalOutNak || !Enabled || _left == 0 || !_rx.Fits(MaxPacket);

    public void Refuse()
    {
        Refused = true;
        if (Number == 0 && !Enabled) Flags[TokenDisabled] = true;
        Flags[NakInterrupt] = true;
    }

    /// <summary>Takes a packet that has room. With high speed NYET says that the next would not (USB 2.0, 8.5.1).</summary>
    public UsbHandshake Receive(ReadOnlySpan<byte> packet, bool data1)
    {
        if (packet.Length > MaxPacket) throw Stop($"the host sent {packet.Length} bytes, and MPSIZ = {MaxPacket}");
        // The host did not hear the last ACK and repeats: acknowledged and forgotten (USB 2.0, 8.6.3).
        if (data1 != Data1) return UsbHandshake.Ack;
        if (packet.Length > _room) throw Stop($"the host sent {packet.Length} bytes where DOEPTSIZ{Number}.XFRSIZ leaves room for {_room}");
        int length = packet.Length;
        _rx.Add(new(Number, OtgPacketStatus.OutData, packet.ToArray(), data1, Core.Frame, () => Bytes -= (uint)length));
        _room -= length;
        Data1 = !Data1;
        Packets = --_left;
        if (_left == 0 || length < MaxPacket)
        {
            (_left, Nak) = (0, true);
            _rx.Add(new(Number, OtgPacketStatus.OutComplete, [], data1, Core.Frame, Complete));
        }
        if (!Core.RunsHigh || !Bulk || !WouldRefuse) return UsbHandshake.Ack;
        Flags[NyetInterrupt] = true;
        Refused = true;
        return UsbHandshake.Nyet;
    }

    /// <summary>SETUP on endpoint 0: taken whatever the state, and both directions answer NAK until software has seen it.</summary>
    public void Setup(ReadOnlySpan<byte> packet)
    {
        _rx.Add(new(Number, OtgPacketStatus.SetupData, packet.ToArray(), false, Core.Frame));
        uint count = Size.Field(29, 2);
        if (count == 0) Flags[BackToBack] = true;
        else Size.Value -= 1u << 29;
        (Nak, Stall, Data1) = (true, false, true);
    }

    /// <summary>The first token after SETUP: no further SETUP is to be expected.</summary>
    public void SetupComplete() => _rx.Add(new(Number, OtgPacketStatus.SetupComplete, [], false, Core.Frame, () =>
    {
        (Enabled, _left, _deferred) = (false, 0, false);
        Flags[Stup] = true;
    }));

    /// <summary>After OUT data the host asks for the status of a control write.</summary>
    public void StatusPhaseSeen() => Flags[StatusPhase] = true;

    /// <summary>The manual is silent on EPENA here; the core takes new sizes without the endpoint having been disabled (TinyUSB relies on it).</summary>
    public override void BusReset()
    {
        base.BusReset();
        Stopped();
        Control.Value &= ~(Enable | Disable);
    }

    public override void Clear()
    {
        base.Clear();
        Stopped();
    }

    protected override void Activate()
    {
        if (!_rx.Holds(MaxPacket)) throw Stop($"USBAEP set with MPSIZ = {MaxPacket}: the receive FIFO (GRXFSIZ) has no room for such a packet beside what is reserved");
    }

    protected override void Begin()
    {
        // Enabled for the sake of disabling: "Transfer Stop Programming for OUT endpoints" has it so, whatever the sizes are.
        if (Nak || !Active)
        {
            _deferred = true;
            return;
        }
        if (Packets == 0) throw Stop($"EPENA set while {Size.Name}.PKTCNT = 0");
        uint wanted = Packets * (uint)((MaxPacket + 3) & ~3);
        if (Number != 0 && Bytes != wanted) throw Stop($"EPENA set while DOEPTSIZ{Number} has PKTCNT = {Packets} and XFRSIZ = {Bytes}: with MPSIZ = {MaxPacket} that makes {wanted} bytes");
        if (Number == 0 && Bytes > MaxPacket) throw Stop($"EPENA set while DOEPTSIZ0.XFRSIZ = {Bytes}: endpoint 0 takes one packet of {MaxPacket} bytes");
        (_room, _left, _deferred) = ((int)Bytes, Packets, false);
    }

    protected override void RequireDisable(bool nakBefore)
    {
        if (Number == 0) throw Stop("EPDIS set: endpoint 0 cannot be disabled for OUT");
        if (!Core.GlobalOutNakSeen) throw Stop("EPDIS set without the global OUT NAK in effect (SGONAK, then GINTSTS.GONAKEFF)");
    }

    protected override void Stopped() => (_room, _left, _deferred) = (0, 0, false);

    /// <summary>Enabled while NAK was set: the sizes are looked at when it is cleared.</summary>
    protected override void NakSet(bool nak)
    {
        if (!nak && Enabled && _deferred) Begin();
    }

    private void Complete()
    {
        Enabled = false;
        Flags[Xfrc] = true;
    }
}
