namespace SharpProbe.Hal;

/// <summary>A stream between a peripheral's data register and bytes in memory. Its <c>routing</c> bits of SxCR come from <see cref="IFamily.Route"/>.</summary>
public readonly unsafe struct DmaStream(DmaRegisters* dma, int index)
{
    private const uint Enable = 1, TransferErrorInterrupt = 1u << 2, HalfInterrupt = 1u << 3, CompleteInterrupt = 1u << 4, ToPeripheral = 1u << 6, Circular = 1u << 8, MemoryIncrement = 1u << 10, HalfWords = 1u << 11 | 1u << 13;
    private const uint AllFlags = 0x3D, Half = 0x10, Complete = 0x20;

    private readonly DmaRegisters* _dma = dma;
    private readonly DmaStreamRegisters* _stream = (DmaStreamRegisters*)((byte*)dma + 0x10 + 0x18 * index);
    private readonly int _index = index;

    /// <summary>Items still to move; counts down.</summary>
    public uint Remaining => _stream->NDTR;

    public bool Busy => (_stream->CR & Enable) != 0;

    /// <summary>Bytes from memory to a data register, once, with an interrupt at the end.</summary>
    public void StartTransmit(void* register, byte* data, uint count, uint routing) =>
        Start(register, data, count, routing | MemoryIncrement | ToPeripheral | CompleteInterrupt | TransferErrorInterrupt);

    /// <summary>Bytes from a data register into a ring, for ever; with an interrupt at each round's end if so wanted.</summary>
    public void StartReceiveRing(void* register, byte* ring, uint size, uint routing, bool interrupt) =>
        Start(register, ring, size, routing | MemoryIncrement | Circular | (interrupt ? CompleteInterrupt : 0));

    /// <summary>Half-words from a register into a ring, for ever, with an interrupt at each half of it.</summary>
    public void StartCaptureRing(void* register, ushort* ring, uint count, uint routing) =>
        Start(register, (byte*)ring, count, routing | MemoryIncrement | Circular | HalfWords | HalfInterrupt | CompleteInterrupt);

    /// <summary>Takes notice of the ring's halves that have been filled. True: both since this was asked last.</summary>
    public bool TakeHalves()
    {
        uint flags = (_index < 4 ? _dma->LISR : _dma->HISR) >> FlagShift & (Half | Complete);
        if (flags != 0) Clear(flags);
        return flags == (Half | Complete);
    }

    /// <summary>Ends a transfer under way; what is left of it stays where it is.</summary>
    public void Stop()
    {
        _stream->CR &= ~Enable;
        while (Busy) { }                                           // until the item under way is through (RM0431 8.3.15)
        Acknowledge();
    }

    /// <summary>Clears the stream's interrupt flags.</summary>
    public void Acknowledge() => Clear(AllFlags);

    /// <summary>Whether the stream came to its end, or once round its ring, since this was asked last.</summary>
    public bool TakeComplete()
    {
        uint flags = _index < 4 ? _dma->LISR : _dma->HISR;
        if ((flags >> FlagShift & Complete) == 0) return false;
        Clear(Complete);
        return true;
    }

    /// <summary>Streams 0 to 3: bits 0, 6, 16, 22; 4 to 7 likewise in the high register.</summary>
    private int FlagShift => (_index & 1) * 6 + (_index >> 1 & 1) * 16;

    private void Clear(uint flags)
    {
        if (_index < 4) _dma->LIFCR = flags << FlagShift;
        else _dma->HIFCR = flags << FlagShift;
    }

    private void Start(void* register, byte* memory, uint count, uint mode)
    {
        Acknowledge();
        _stream->PAR = (uint)register;
        _stream->M0AR = (uint)memory;
        _stream->NDTR = count;
        _stream->FCR = 0;                                          // direct mode
        _stream->CR = mode;
        _stream->CR = mode | Enable;
    }
}
