using System;
using System.Threading;
using SharpProbe.Intrinsics;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Hal;

/// <summary>
/// A USART or UART with DMA both ways (RM0431 chapter 31, RM0433 chapter 48). Writing fills a ring and never waits; the transmit stream's
/// interrupt sends the next stretch. Reception runs round a ring by itself; what is not read before the ring has gone round is lost, and counted.
/// </summary>
public sealed unsafe class Uart
{
    private const uint ReceiveData = 0x24, TransmitData = 0x28, TransmissionComplete = 1u << 6, FramingError = 1u << 1, Overrun = 1u << 3, LineErrors = 0xF;

    private readonly UsartRegisters* _usart;
    private readonly DmaStream _transmit, _receive;
    private readonly Pin _tx, _rx;
    private readonly uint _transmitRouting, _kernelHertz, _function, _outSize, _inSize, _enables;
    private readonly byte* _out, _in;
    private uint _outHead, _outTail, _outSending, _inTail, _laps;
    private byte _mask = 0xFF;
    private bool _break;

    /// <param name="wiring">Its registers' clock is on.</param>
    /// <param name="transmitRouting">SxCR bits that lead the TX request to its stream.</param>
    /// <param name="receiveRouting">SxCR bits that lead the RX request to its stream.</param>
    /// <param name="ring">For received bytes; null: from <see cref="DmaMemory"/>.</param>
    public Uart(in SerialWiring wiring, uint transmitRouting, uint receiveRouting, byte* ring = null)
    {
        _usart = wiring.Usart;
        _transmit = new(wiring.Transmit.Dma, wiring.Transmit.Stream);
        _receive = new(wiring.Receive.Dma, wiring.Receive.Stream);
        (_transmitRouting, _kernelHertz) = (transmitRouting, wiring.KernelHertz);
        (_outSize, _inSize) = (wiring.TransmitRing, wiring.ReceiveRing);
        (_tx, _function) = (wiring.Tx, wiring.Function);
        bool transmits = _outSize != 0;
        _out = DmaMemory.Allocate(_outSize);
        _in = ring != null ? ring : DmaMemory.Allocate(_inSize);
        _rx = wiring.Rx;
        ListenToPin();
        if (transmits) _tx.Alternate(_function, PinPull.Up);       // while the USART is off, between two formats, nothing drives the line
        _usart->CR1 = 0;
        // One sample a bit where nothing is sent: three of them allow less of a difference in speed, and a bit on which they disagree would be an error (RM0431 31.5.5).
        _usart->CR3 = transmits ? USART_CR3.DMAT | USART_CR3.DMAR | USART_CR3.OVRDIS : USART_CR3.DMAR | USART_CR3.ONEBIT;
        _enables = transmits ? USART_CR1.TE | USART_CR1.RE : USART_CR1.RE;
        if (transmits && !TrySet(LineCoding.Default)) Environment.FailFast("UART clock");
        _receive.StartReceiveRing((byte*)_usart + ReceiveData, _in, _inSize, receiveRouting, interrupt: wiring.ReceiveIrq != 0);
    }

    /// <summary>Received bytes that were overwritten before anybody read them.</summary>
    public uint Lost { get; private set; }

    /// <summary>Everything written has left, its last stop bit too.</summary>
    public bool Idle => Volatile.Read(ref _outTail) == _outHead && (_usart->ISR & TransmissionComplete) != 0;

    /// <summary>Holds the line low, or ends that. Bytes sent meanwhile are lost.</summary>
    public bool Break
    {
        get => _break;
        set
        {
            _break = value;
            if (value) _tx.Output(false);
            else _tx.Alternate(_function, PinPull.Up);
        }
    }

    /// <summary>Changes speed and format; bytes on their way at this moment are damaged. False: the USART cannot do it, and nothing changes.</summary>
    public bool TrySet(LineCoding coding)
    {
        if (!UartFormat.TryMake(coding, _kernelHertz, out UartFormat format)) return false;
        _usart->CR1 &= ~USART_CR1.UE;                              // alone: the parity bits may change only while the USART is off (RM0431 31.8.1)
        _usart->BRR = format.Brr;
        _usart->CR2 = format.Cr2;
        _usart->CR1 = format.Cr1 | _enables;
        _usart->CR1 |= USART_CR1.UE;
        (_mask, Baud) = (format.Mask, format.Baud);
        return true;
    }

    /// <summary>Bits a second that the divider makes.</summary>
    public uint Baud { get; private set; }

    public int TransmitBuffer => (int)_outSize;

    public int ReceiveBuffer => (int)_inSize;

    /// <summary>Drops what has not been sent; the byte that is on the line ends.</summary>
    public void Discard()
    {
        uint primask = Cpu.GetPrimask();
        Cpu.DisableInterrupts();
        _transmit.Stop();
        _outSending = 0;
        Volatile.Write(ref _outTail, _outHead);
        Cpu.SetPrimask(primask);
    }

    /// <summary>Whether bytes came with an error since this was asked last.</summary>
    public void TakeErrors(out bool framing, out bool parity)
    {
        uint flags = _usart->ISR;
        (framing, parity) = ((flags & USART_ICR.FECF) != 0, (flags & USART_ICR.PECF) != 0);   // ISR has them in the same places
        if (framing || parity) _usart->ICR = USART_ICR.FECF | USART_ICR.PECF;
    }

    /// <summary>Takes the RX pin, which a line that only receives may share with others. Pulled up: an open input would read as noise.</summary>
    public void ListenToPin() => _rx.Alternate(_function, PinPull.Up);

    /// <summary>Off until the next <see cref="TrySet"/>; what was received stays.</summary>
    public void Stop() => _usart->CR1 &= ~USART_CR1.UE;

    /// <summary>A wrong stop bit or a byte that came before DMA had taken the one before, since this was asked last.</summary>
    public bool TakeLineError()
    {
        uint flags = _usart->ISR;
        _usart->ICR = flags & LineErrors;                          // the same bits in both
        return (flags & (FramingError | Overrun)) != 0;
    }

    /// <summary>Where received bytes go: byte n of <see cref="Received"/> lies at n modulo its length.</summary>
    public ReadOnlySpan<byte> ReceiveRing => new(_in, (int)_inSize);

    /// <summary>Room in the transmit ring, in bytes.</summary>
    public int Room => (int)(_outSize - (_outHead - Volatile.Read(ref _outTail)));

    /// <summary>Queues as much as fits and returns how much that was.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Room), at = (int)(_outHead & _outSize - 1), first = Math.Min(count, (int)_outSize - at);
        bytes[..first].CopyTo(new Span<byte>(_out + at, first));
        bytes[first..count].CopyTo(new Span<byte>(_out, count - first));
        uint primask = Cpu.GetPrimask();
        Cpu.DisableInterrupts();
        _outHead += (uint)count;
        if (_outSending == 0) SendNext();
        Cpu.SetPrimask(primask);
        return count;
    }

    /// <summary>The next received byte.</summary>
    public bool TryRead(out byte value)
    {
        value = 0;
        if (Available == 0) return false;                          // first: a byte is there before it is counted
        value = (byte)(_in[_inTail++ & _inSize - 1] & _mask);
        return true;
    }

    /// <summary>Bytes received and not read.</summary>
    public int Available
    {
        get
        {
            int count = (int)(Received - _inTail);
            if (count <= (int)_inSize) return Math.Max(count, 0);
            Lost += (uint)count;
            _inTail += (uint)count;
            return 0;
        }
    }

    /// <summary>Takes what has been received, at most the buffer's length.</summary>
    public int Read(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, Available);
        for (int i = 0; i < count; i++) destination[i] = (byte)(_in[_inTail + (uint)i & _inSize - 1] & _mask);
        _inTail += (uint)count;
        return count;
    }

    /// <summary>Bytes received since the start. A round that is counted late makes it lag, never lead.</summary>
    public uint Received
    {
        get
        {
            uint primask = Cpu.GetPrimask();
            Cpu.DisableInterrupts();
            OnReceiveInterrupt();
            uint left = _receive.Remaining, laps = _laps;
            OnReceiveInterrupt();
            if (_laps != laps) left = _receive.Remaining;          // the round ended in between
            uint head = _laps * _inSize + (_inSize - left & _inSize - 1);
            Cpu.SetPrimask(primask);
            return head;
        }
    }

    /// <summary>To be called by the receive stream's interrupt handler.</summary>
    public void OnReceiveInterrupt()
    {
        if (_receive.TakeComplete()) _laps++;
    }

    /// <summary>To be called by the transmit stream's interrupt handler.</summary>
    public void OnTransmitInterrupt()
    {
        _transmit.Acknowledge();
        Volatile.Write(ref _outTail, _outTail + _outSending);
        SendNext();
    }

    private void SendNext()
    {
        uint start = _outTail & _outSize - 1;
        _outSending = Math.Min(_outHead - _outTail, _outSize - start);
        if (_outSending == 0) return;
        Cpu.Dmb();                                                 // the bytes are in memory before the stream reads them
        _transmit.StartTransmit((byte*)_usart + TransmitData, _out + start, _outSending, _transmitRouting);
    }
}
