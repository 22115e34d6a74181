using System;
using System.Threading;
using SharpProbe.Intrinsics;
using SharpProbe.Usb;

namespace SharpProbe.Hal;

/// <summary>
/// The Synopsys OTG core as a device, in slave mode: packets pass through FIFOs that the core shares out of one memory. One packet at a time on each endpoint. The FIFOs are touched in the
/// interrupt or while it is held off, never from two contexts (a half-read packet would be lost).
/// </summary>
public sealed unsafe class OtgController : UsbController
{
    private const uint UsbReset = 1u << 12, EnumerationDone = 1u << 13, ReceiveNotEmpty = 1u << 4, InEndpoint = 1u << 18, OutEndpoint = 1u << 19, Suspended = 1u << 11, GlobalOutNak = 1u << 7, Resumed = 1u << 31;
    private const uint TransferComplete = 1, EndpointDisabled = 2, SetupDone = 8, NakEffective = 1u << 6;
    private const uint Enable = 1u << 31, Disable = 1u << 30, SetData0 = 1u << 28, SetNak = 1u << 27, ClearNak = 1u << 26, StallBit = 1u << 21, Active = 1u << 15;
    private const int Flags = 8, Size = 0x10;
    private const uint OnePacket = 1u << 19, ThreeSetups = 3u << 29;

    /// <summary>Polls of a bit that the core sets within microseconds; then it is broken.</summary>
    private const int Patience = 100_000;

    private readonly OtgBlock _core;
    private readonly OtgPhy _phy;
    private readonly int _irq, _endpoints, _fifoWords;
    private readonly delegate*<void> _prepare;
    private readonly byte[] _control = new byte[ControlPacket];
    private readonly byte[] _setup = new byte[8];
    private int _controlLength;

    /// <param name="address">Of the core's registers.</param>
    /// <param name="fifoWords">What may be shared out.</param>
    /// <param name="endpoints">In each direction, endpoint 0 included.</param>
    /// <param name="prepare">Starts its clocks and its transceiver and routes its pins; called once.</param>
    public OtgController(uint address, OtgPhy phy, int irq, int endpoints, int fifoWords, delegate*<void> prepare)
    {
        (_core, _phy, _irq, _endpoints, _fifoWords) = (new(address), phy, irq, endpoints, fifoWords);
        _prepare = prepare;
    }

    public override bool HighSpeed => _phy == OtgPhy.HighSpeed && (_core[OtgBlock.DSTS] >> 1 & 3) == 0;

    public override bool HighSpeedCapable => _phy == OtgPhy.HighSpeed;

    public override void Attach()
    {
        _prepare();
        WaitFor(OtgBlock.GRSTCTL, 1u << 31);                       // a core reset while AHB is busy never completes: AHBIDL first
        _core[OtgBlock.GRSTCTL] = 1;                               // CSRST
        WaitForClear(OtgBlock.GRSTCTL, 1);
        WaitFor(OtgBlock.GRSTCTL, 1u << 31);
        // TRDT: 9 for high speed, 6 for full speed at AHB clocks above 32 MHz (RM0431 table of TRDT); device mode forced: no ID pin.
        uint turnaround = HighSpeedCapable ? 9u : 6u;
        _core[OtgBlock.GUSBCFG] = _core[OtgBlock.GUSBCFG] & ~(15u << 10) | turnaround << 10 | 1u << 30;
        _core[OtgBlock.GOTGCTL] |= 3u << 6;                        // the cable's voltage is not sensed: the session is taken as valid (BVALOEN, BVALOVAL)
        _core[OtgBlock.PCGCCTL] = 0;
        _core[OtgBlock.DCFG] = _core[OtgBlock.DCFG] & ~3u | (HighSpeedCapable ? 0u : 3u);
        ShareFifo();
        _core[OtgBlock.DIEPMSK] = TransferComplete;
        _core[OtgBlock.DOEPMSK] = TransferComplete | SetupDone;
        _core[OtgBlock.GINTSTS] = ~0u;
        _core[OtgBlock.GINTMSK] = UsbReset | EnumerationDone | ReceiveNotEmpty | InEndpoint | OutEndpoint | Suspended | Resumed;
        _core[OtgBlock.GAHBCFG] = 1;                               // GINTMSK: interrupts on
        Nvic.Enable(_irq, priority: 6);
        _core[OtgBlock.DCTL] &= ~2u;                               // SDIS
    }

    public override void Detach() => _core[OtgBlock.DCTL] |= 2;

    public override void SetAddress(byte address) => _core[OtgBlock.DCFG] = _core[OtgBlock.DCFG] & ~(127u << 4) | (uint)address << 4;

    public override void Open(byte endpoint, bool interrupt, int packet)
    {
        int n = endpoint & 15;
        uint kind = interrupt ? 3u : 2u, control = (uint)packet | Active | kind << 18 | SetData0;
        if (IsIn(endpoint)) _core[OtgBlock.In(n)] = control | (uint)n << 22 | SetNak;
        else _core[OtgBlock.Out(n)] = control | SetNak;
        _core[OtgBlock.DAINTMSK] |= Bit(endpoint);
    }

    public override void Close(byte endpoint)
    {
        int n = endpoint & 15;
        _core[OtgBlock.DAINTMSK] &= ~Bit(endpoint);
        if (IsIn(endpoint))
        {
            Abort(endpoint);
            _core[OtgBlock.In(n)] &= ~(Active | StallBit);
            return;
        }
        if ((_core[OtgBlock.Out(n)] & Enable) != 0) StopOut(n);
        _core[OtgBlock.Out(n)] &= ~(Active | StallBit);
    }

    public override void Halt(byte endpoint, bool halted)
    {
        uint control = IsIn(endpoint) ? OtgBlock.In(endpoint & 15) : OtgBlock.Out(endpoint & 15);
        if (halted)
        {
            _core[control] |= StallBit;
            return;
        }
        uint value = _core[control];
        if ((value & Enable) != 0)
        {
            // The data PID must not change under a packet that is under way.
            if (IsIn(endpoint)) Abort(endpoint);
            else StopOut(endpoint & 15);
            value &= ~Enable;
            _core[control] = value & ~StallBit | SetData0;
            if (IsIn(endpoint)) Device!.OnSent(endpoint);
            else Device!.OnReady(endpoint);
            return;
        }
        _core[control] = value & ~StallBit | SetData0;
    }

    public override void Send(byte endpoint, ReadOnlySpan<byte> packet)
    {
        int n = endpoint & 15;
        _core[OtgBlock.In(n) + Size] = OnePacket | (uint)packet.Length;
        _core[OtgBlock.In(n)] |= Enable | ClearNak;
        Push(_core.Fifo(n), packet);
    }

    public override void Abort(byte endpoint)
    {
        int n = endpoint & 15;
        uint control = OtgBlock.In(n);
        if ((_core[control] & Enable) != 0)
        {
            _core[control] |= SetNak;
            WaitFor(control + Flags, NakEffective);
            _core[control] |= Disable;
            WaitFor(control + Flags, EndpointDisabled);
        }
        _core[control + Flags] = EndpointDisabled | TransferComplete;      // also where the packet went out a moment ago: nobody is told any more
        _core[OtgBlock.GRSTCTL] = (uint)n << 6 | 1 << 5;           // TXFFLSH
        WaitForClear(OtgBlock.GRSTCTL, 1 << 5);
    }

    public override void Accept(byte endpoint, int packets = 1)
    {
        uint at = OtgBlock.Out(endpoint), control = _core[at];
        // XFRSIZ is whole words a packet: 64 and 512 are.
        uint packet = endpoint == 0 ? ControlPacket : control << 21 >> 21;
        _core[at + Size] = (OnePacket | packet) * (uint)packets | (endpoint == 0 ? ThreeSetups : 0);
        _core[at] = control | Enable | ClearNak;
    }

    public override uint Enter()
    {
        uint primask = Cpu.GetPrimask();
        Cpu.DisableInterrupts();
        return primask;
    }

    public override void Leave(uint state) => Cpu.SetPrimask(state);

    /// <summary>The interrupt handler.</summary>
    public void OnInterrupt()
    {
        uint pending = _core[OtgBlock.GINTSTS] & _core[OtgBlock.GINTMSK];
        if ((pending & Resumed) != 0)
        {
            _core[OtgBlock.GINTSTS] = Resumed;
            Device!.OnResume();
        }
        if ((pending & UsbReset) != 0) OnReset();
        if ((pending & EnumerationDone) != 0) OnEnumerated();
        if ((pending & ReceiveNotEmpty) != 0)
            while ((_core[OtgBlock.GINTSTS] & ReceiveNotEmpty) != 0) Pop();
        if ((pending & InEndpoint) != 0) ServeIn();
        if ((_core[OtgBlock.GINTSTS] & OutEndpoint) != 0) ServeOut();
        if ((pending & Suspended) != 0)
        {
            _core[OtgBlock.GINTSTS] = Suspended;
            Device!.OnSuspend();
        }
    }

    private void OnReset()
    {
        _core[OtgBlock.GINTSTS] = UsbReset;
        _core[OtgBlock.DAINTMSK] = 1 | 1 << 16;
        for (int n = 0; n < _endpoints; n++)                       // endpoint 0 too: a reset in the middle of a request leaves its packet enabled
            if ((_core[OtgBlock.In(n)] & Enable) != 0) Abort((byte)(0x80 | n));
        _core[OtgBlock.GRSTCTL] = 16u << 6 | 1 << 5;               // every transmit FIFO
        WaitForClear(OtgBlock.GRSTCTL, 1 << 5);
        SetAddress(0);
        Device!.OnReset();
        _core[OtgBlock.Out(0) + Size] = ThreeSetups | OnePacket | ControlPacket;
    }

    private void OnEnumerated()
    {
        _core[OtgBlock.GINTSTS] = EnumerationDone;
        _core[OtgBlock.In(0)] &= ~3u;                              // MPSIZ 0: 64 bytes
        _core[OtgBlock.DCTL] |= 1 << 8;                            // CGINAK
    }

    /// <summary>One entry of the receive FIFO: GRXSTSP, then the packet's words.</summary>
    private void Pop()
    {
        const uint outData = 2, setupData = 6;
        uint status = _core[OtgBlock.GRXSTSP];
        int length = (int)(status << 17 >> 21), endpoint = (int)(status << 28 >> 28);
        switch (status << 11 >> 28)
        {
            case setupData:
                Pull(_setup.AsSpan(0, 8));
                break;
            case outData:
                Receive(endpoint, length);
                break;
        }
    }

    private void Receive(int endpoint, int length)
    {
        if (endpoint == 0)
        {
            // What endpoint 0 received counts when the core says that its transfer is complete: only then may the next be let in.
            _controlLength = length;
            Pull(_control.AsSpan(0, length));
            return;
        }
        Span<byte> place = Device!.Place((byte)endpoint, length);
        if (place.Length == length && length != 0)
        {
            Pull(place);
            Device.OnPlaced((byte)endpoint, length);
            return;
        }
        Span<byte> packet = Packet.AsSpan(0, length);
        Pull(packet);
        Device.OnReceived((byte)endpoint, packet);
    }

    private void ServeIn()
    {
        for (uint pending = (_core[OtgBlock.DAINT] & _core[OtgBlock.DAINTMSK]) << 16 >> 16; pending != 0; pending &= pending - 1)
        {
            int n = Lowest(pending);
            uint flags = OtgBlock.In(n) + Flags;
            if ((_core[flags] & TransferComplete) == 0) continue;
            _core[flags] = TransferComplete;
            Device!.OnSent((byte)(0x80 | n));
        }
    }

    private void ServeOut()
    {
        for (uint pending = _core[OtgBlock.DAINT] >> 16; pending != 0; pending &= pending - 1)
        {
            int n = Lowest(pending);
            uint flags = OtgBlock.Out(n) + Flags, seen = _core[flags] & (TransferComplete | SetupDone);
            if (seen == 0) continue;
            _core[flags] = seen;
            if ((seen & SetupDone) != 0)
            {
                _core[OtgBlock.Out(0) + Size] = ThreeSetups | OnePacket | ControlPacket;
                Device!.OnSetup(_setup);
            }
            else if (n == 0) Device!.OnReceived(0, _control.AsSpan(0, _controlLength));
            else Device!.OnReady((byte)n);
        }
    }

    /// <summary>By the configuration, at the faster of its speeds: receive, IN 0, then its IN endpoints.</summary>
    private void ShareFifo()
    {
        UsbEndpoint[] endpoints = Device!.Endpoints;
        if (FifoBudget.Words(endpoints, HighSpeedCapable, _endpoints) > _fifoWords) Environment.FailFast("USB FIFO budget");
        int at = FifoBudget.ReceiveWords(HighSpeedCapable, _endpoints);
        _core[OtgBlock.GRXFSIZ] = (uint)at;
        _core[OtgBlock.DIEPTXF0] = (uint)(FifoBudget.ControlWords << 16 | at);
        at += FifoBudget.ControlWords;
        foreach (UsbEndpoint endpoint in endpoints)
        {
            if (!endpoint.In) continue;
            int words = FifoBudget.InWords(endpoint, HighSpeedCapable);
            _core[OtgBlock.DIEPTXF + 4 * (uint)(endpoint.Address & 15)] = (uint)(words << 16 | at);
            at += words;
        }
    }

    /// <summary>The core stops an OUT endpoint only under the global OUT NAK, whose mark comes through the receive FIFO (RM0431, "Disabling an OUT endpoint").</summary>
    private void StopOut(int n)
    {
        const uint setGlobalNak = 1u << 9, clearGlobalNak = 1u << 10;
        uint control = OtgBlock.Out(n);
        _core[OtgBlock.DCTL] |= setGlobalNak;
        for (int i = 0; i < Patience && (_core[OtgBlock.GINTSTS] & GlobalOutNak) == 0; i++)
            if ((_core[OtgBlock.GINTSTS] & ReceiveNotEmpty) != 0) Pop();
        if ((_core[control] & Enable) != 0)
        {
            _core[control] |= Disable | SetNak;
            WaitFor(control + Flags, EndpointDisabled);
            _core[control + Flags] = EndpointDisabled;
        }
        _core[OtgBlock.DCTL] |= clearGlobalNak;
    }

    private static void Push(uint* fifo, ReadOnlySpan<byte> packet)
    {
        fixed (byte* start = packet)
        {
            uint* word = (uint*)start;
            int words = packet.Length >> 2;
            for (; words >= 4; words -= 4, word += 4)
            {
                Volatile.Write(ref *fifo, word[0]);
                Volatile.Write(ref *fifo, word[1]);
                Volatile.Write(ref *fifo, word[2]);
                Volatile.Write(ref *fifo, word[3]);
            }
            for (; words > 0; words--) Volatile.Write(ref *fifo, *word++);
        }
        int rest = packet.Length & 3;
        if (rest == 0) return;
        uint last = 0;
        for (int i = 0; i < rest; i++) last |= (uint)packet[packet.Length - rest + i] << 8 * i;
        Volatile.Write(ref *fifo, last);
    }

    private void Pull(Span<byte> packet)
    {
        uint* fifo = _core.Fifo(0);
        fixed (byte* start = packet)
        {
            uint* word = (uint*)start;
            int words = packet.Length >> 2;
            for (; words >= 4; words -= 4, word += 4)
            {
                word[0] = Volatile.Read(ref *fifo);
                word[1] = Volatile.Read(ref *fifo);
                word[2] = Volatile.Read(ref *fifo);
                word[3] = Volatile.Read(ref *fifo);
            }
            for (; words > 0; words--) *word++ = Volatile.Read(ref *fifo);
        }
        int rest = packet.Length & 3;
        if (rest == 0) return;
        uint last = Volatile.Read(ref *fifo);
        for (int i = 0; i < rest; i++) packet[packet.Length - rest + i] = (byte)(last >> 8 * i);
    }

    private void WaitFor(uint offset, uint bit)
    {
        for (int i = 0; i < Patience && (_core[offset] & bit) == 0; i++) { }
    }

    private void WaitForClear(uint offset, uint bit)
    {
        for (int i = 0; i < Patience && (_core[offset] & bit) != 0; i++) { }
    }

    /// <summary>Number of the lowest bit set.</summary>
    private static int Lowest(uint bits) => (int)Cpu.Clz(Cpu.Rbit(bits));

    private static bool IsIn(byte endpoint) => endpoint >> 7 != 0;

    private static uint Bit(byte endpoint) => 1u << ((endpoint & 15) + (IsIn(endpoint) ? 0 : 16));
}
