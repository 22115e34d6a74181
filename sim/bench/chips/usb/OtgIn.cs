using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Chips.Usb;

/// <summary>An IN endpoint in slave mode: software gives sizes, enables, and pushes the packets' words (RM0431 and RM0433, "IN data transfers").</summary>
internal sealed class OtgIn : OtgEndpoint
{
    private const int Xfrc = 0, Timeout = 3, Ittxfe = 4, Inepne = 6, Txfe = 7, NakInterrupt = 13;

    /// <summary>RM0431 and RM0433, "Generic non-periodic IN data transfers": a count of three bits.</summary>
    private const int MostPackets = 8;

    private int _unpushed, _unsent, _packetBytes, _packetWords, _packets;

    public OtgIn(Otg core, int number, OtgTxFifo fifo)
        : base(core, number, 'I', 0x900 + 0x20 * (uint)number, (number == 0 ? 3u : 0x7FF | Usbaep | 3u << 18) | 15u << 22)
    {
        Fifo = fifo;
        Flags = core.AddRegister(new()
        {
            Name = $"DIEPINT{number}", Offset = 0x908 + 0x20 * (uint)number, Reset = 1 << Txfe, ReadMask = 0x2BFF, WriteMask = 0, ClearByOne = 0x2B7F,
            OnRead = ReadFlags,
        });
        core.AddRegister(new() { Name = $"DTXFSTS{number}", Offset = 0x918 + 0x20 * (uint)number, ReadMask = 0xFFFF, WriteMask = 0, OnRead = () => (uint)Math.Max(0, Fifo.Free) });
    }

    public override Register Flags { get; }
    public OtgTxFifo Fifo { get; }

    /// <summary>Some words of a packet are in the FIFO, and some are not.</summary>
    public bool PartWay => _packetWords > 0;

    public override bool WouldRefuse => Nak || Core.GlobalInNak || !Enabled || Fifo.Count < Words(Next);

    /// <summary>Flags with TXFE as it is now: the FIFO is empty, or half empty where GAHBCFG.TXFELVL says so.</summary>
    public uint ReadFlags() => Flags.Value & ~(1u << Txfe) | ((Core.EmptyMeansEmpty ? Fifo.Count == 0 : Fifo.Count * 2 <= Fifo.Depth) ? 1u << Txfe : 0);

    /// <summary>The host may be at this endpoint just now; after a reset of the bus it is not.</summary>
    private bool TokensCome => Number == 0 ? Core.ControlUnderWay : Active;

    /// <summary>Bytes of the next packet.</summary>
    public int Next => Math.Min(MaxPacket, _unsent);

    private static int Words(int bytes) => (bytes + 3) / 4;

    public void Push(uint word)
    {
        if (!Enabled) throw Stop($"a word written to FIFO {Number} while EPENA = 0");
        if (_packetWords == 0)
        {
            if (_unpushed == 0) throw Stop($"more words written to FIFO {Number} than DIEPTSIZ{Number} announced");
            _packetBytes = Math.Min(MaxPacket, _unpushed);
            _packetWords = Words(_packetBytes);
            if (_packets == MostPackets) throw Stop($"another packet for FIFO {Number}, and the core counts {MostPackets} in a FIFO");
            if (Fifo.Free < _packetWords) throw Stop($"a packet of {_packetWords} words begun while FIFO {Number} has {Fifo.Free} free (DTXFSTS{Number})");
        }
        Fifo.Push(word);
        if (--_packetWords > 0) return;
        _packets++;
        _unpushed -= _packetBytes;
        Bytes = (uint)_unpushed;
    }

    /// <summary>An IN token that is answered with NAK.</summary>
    public void Refuse()
    {
        Refused = true;
        if (Fifo.Count == 0 && !Nak) Flags[Ittxfe] = true;
        Flags[NakInterrupt] = true;
    }

    /// <summary>SETUP came: the core answers NAK until software has seen it, and DATA1 is next.</summary>
    public void Setup()
    {
        (Nak, Stall, Data1) = (true, false, true);
        Flags[Inepne] = true;
    }

    /// <summary>Sends a packet. <paramref name="lost"/>: the host's ACK did not come, and the packet stays.</summary>
    public int Send(Span<byte> buffer, out bool data1, bool lost)
    {
        int length = Next;
        Fifo.Take(buffer[..length], keep: lost);
        data1 = Data1;
        if (lost)
        {
            if (Number == 0) Flags[Timeout] = true;
            return length;
        }
        if (length > 0) _packets--;
        _unsent -= length;
        Data1 = !Data1;
        if (--Packets > 0) return length;
        Enabled = false;
        Flags[Xfrc] = true;
        return length;
    }

    public override void Clear()
    {
        base.Clear();
        Stopped();
        Fifo.Flush();
    }

    /// <summary>Flushed by software: what it pushed is gone.</summary>
    public void Flush()
    {
        if (Enabled && !Nak && !Core.GlobalInNak && TokensCome) throw new BenchStop($"{Core.Name}.GRSTCTL: FIFO {Number} flushed while DIEPCTL{Number} has EPENA = 1 and NAKSTS = 0");
        Fifo.Flush();
        (_packetWords, _packets) = (0, 0);
    }

    protected override void Activate() => Core.CheckFifo(this);

    protected override void Begin()
    {
        if (!Active) throw Stop("EPENA set while USBAEP = 0");
        if (Packets == 0) throw Stop($"EPENA set while {Size.Name}.PKTCNT = 0");
        uint fifo = Control.Field(22, 4);
        if (fifo != Number) throw Stop($"TXFNUM = {fifo}: only FIFO {Number} is modelled for endpoint {Number}");
        uint needed = (uint)Math.Max(1, ((int)Bytes + MaxPacket - 1) / MaxPacket);
        if (Packets != needed) throw Stop($"EPENA set while DIEPTSIZ{Number} has PKTCNT = {Packets} and XFRSIZ = {Bytes}: with MPSIZ = {MaxPacket} that makes {needed} packets");
        if (Fifo.Count > 0) throw Stop($"EPENA set while {Fifo.Count} words of an earlier transfer are in FIFO {Number}: it was not flushed");
        Core.CheckFifo(this);
        (_unpushed, _unsent, _packetWords, _packets) = ((int)Bytes, (int)Bytes, 0, 0);
    }

    protected override void RequireDisable(bool nakBefore)
    {
        // "Stalling non-isochronous IN endpoints" and "Transfer Stop Programming for IN endpoints" do without.
        if (!nakBefore && !Core.GlobalInNak && !Stall && TokensCome) throw Stop("EPDIS set while NAKSTS = 0: SNAK first and wait for DIEPINT.INEPNE");
    }

    protected override void Stopped() => (_unpushed, _unsent, _packetWords, _packets) = (0, 0, 0, 0);

    protected override void NakSet(bool nak) => Flags[Inepne] = nak;
}
