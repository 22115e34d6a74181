using System;
using System.Threading;
using SharpProbe.Intrinsics;

namespace SharpProbe.Hal;

/// <summary>
/// A USART or UART in 8N1 with DMA both ways (RM0431 chapter 31, RM0433 chapter 48). Writing fills a ring and never waits; the transmit stream's
/// interrupt sends the next stretch. Reception runs round a ring by itself.
/// </summary>
public sealed unsafe class Uart
{
    private const uint RingSize = 1024, ReceiveData = 0x24, TransmitData = 0x28;

    private readonly UsartRegisters* _usart;
    private readonly DmaStream _transmit, _receive;
    private readonly uint _transmitRouting;
    private readonly byte* _out = DmaMemory.Allocate(RingSize), _in = DmaMemory.Allocate(RingSize);
    private uint _outHead, _outTail, _outSending, _inTail;

    /// <param name="usart">Its registers; its clock is on and its pins are routed.</param>
    /// <param name="transmit">Stream that serves its TX request.</param>
    /// <param name="transmitRouting">SxCR bits that lead the request there.</param>
    /// <param name="receive">Stream that serves its RX request.</param>
    /// <param name="receiveRouting">SxCR bits that lead the request there.</param>
    /// <param name="kernelHertz">Clock of the USART.</param>
    /// <param name="baud">Bits a second, up to <paramref name="kernelHertz"/> / 8.</param>
    public Uart(UsartRegisters* usart, DmaStream transmit, uint transmitRouting, DmaStream receive, uint receiveRouting, uint kernelHertz, uint baud)
    {
        _usart = usart;
        (_transmit, _receive, _transmitRouting) = (transmit, receive, transmitRouting);
        usart->CR1 = 0;
        bool by8 = baud > kernelHertz / 16;
        uint divider = ((by8 ? kernelHertz * 2 : kernelHertz) + baud / 2) / baud;
        usart->BRR = by8 ? divider & 0xFFF0 | divider >> 1 & 7 : divider;
        usart->CR3 = USART_CR3.DMAT | USART_CR3.DMAR | USART_CR3.OVRDIS;
        usart->CR1 = (by8 ? USART_CR1.OVER8 : 0) | USART_CR1.TE | USART_CR1.RE;
        usart->CR1 |= USART_CR1.UE;
        receive.StartReceiveRing((byte*)usart + ReceiveData, _in, RingSize, receiveRouting);
    }

    /// <summary>Room in the transmit ring, in bytes.</summary>
    public int Room => (int)(RingSize - (_outHead - Volatile.Read(ref _outTail)));

    /// <summary>Queues as much as fits and returns how much that was.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Room);
        for (int i = 0; i < count; i++) _out[(_outHead + (uint)i) % RingSize] = bytes[i];
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
        uint head = Head;                                          // first: a byte is there before it is counted
        value = _in[_inTail];
        if (_inTail == head) return false;
        _inTail = (_inTail + 1) % RingSize;
        return true;
    }

    /// <summary>Bytes received and not read.</summary>
    public int Available => (int)((Head - _inTail) % RingSize);

    /// <summary>Takes what has been received, at most the buffer's length.</summary>
    public int Read(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && TryRead(out byte value)) destination[count++] = value;
        return count;
    }

    private uint Head => (RingSize - _receive.Remaining) % RingSize;

    /// <summary>To be called by the transmit stream's interrupt handler.</summary>
    public void OnTransmitInterrupt()
    {
        _transmit.Acknowledge();
        Volatile.Write(ref _outTail, _outTail + _outSending);
        SendNext();
    }

    private void SendNext()
    {
        uint start = _outTail % RingSize;
        _outSending = Math.Min(_outHead - _outTail, RingSize - start);
        if (_outSending == 0) return;
        Cpu.Dmb();                                                 // the bytes are in memory before the stream reads them
        _transmit.StartTransmit((byte*)_usart + TransmitData, _out + start, _outSending, _transmitRouting);
    }
}
