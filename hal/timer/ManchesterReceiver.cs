using System;
using SharpProbe.Trace;

namespace SharpProbe.Hal;

/// <summary>
/// TRACESWO in its Manchester form: a timer captures both edges (RM0431 and RM0433, "Input capture mode"), DMA writes their times round a ring, and the interrupts at half of the ring and of the timer's round decode them.
/// Half of the ring's memory is for the times, half for the bytes.
/// </summary>
public sealed unsafe class ManchesterReceiver : SwoLine
{
    private const uint HalfRound = 0x8000, SlowestHalves = 4;
    private const uint Update = 1, Compare1 = 2;

    private readonly TimRegisters* _timer;
    private readonly DmaStream _stream;
    private readonly Pin _pin;
    private readonly ManchesterDecoder _decoder = new();
    private readonly uint _routing, _hertz, _function;
    private readonly int _channel;
    private readonly byte* _bytes;
    private readonly ushort* _times;
    private readonly int _size, _count;
    private int _index, _indexBefore;
    private volatile bool _missed;

    /// <param name="wiring">The timer's clock is on.</param>
    /// <param name="routing">SxCR bits that lead the capture's request to its stream.</param>
    /// <param name="memory">That DMA reaches.</param>
    /// <param name="size">Of it, a power of two.</param>
    public ManchesterReceiver(in CaptureWiring wiring, uint routing, byte* memory, int size)
    {
        _timer = wiring.Timer;
        (_hertz, _pin, _function, _channel) = (wiring.KernelHertz, wiring.Pin, wiring.Function, wiring.Channel - 1);
        _stream = new(wiring.Dma.Dma, wiring.Dma.Stream);
        _bytes = memory;
        _times = (ushort*)(memory + size / 2);
        (_routing, _size, _count) = (routing, size / 2, size / 4);
    }

    /// <summary>The rate need not be known: any that half a bit of four ticks, and a bit of half a round, lies between.</summary>
    public override uint Nearest(uint baud) => baud <= _hertz / (2 * SlowestHalves) && baud >= _hertz / HalfRound * 2 ? baud : 0;

    public override uint Measured => _decoder.Half16 == 0 ? 0 : _hertz / _decoder.Half16 * 8;

    public override void Start(uint baud)
    {
        _decoder.Restart();
        _pin.Alternate(_function);
        (_index, _indexBefore, _missed) = (0, 0, false);
        uint enable = 0xBu << 4 * _channel;                        // CCxE, CCxP, CCxNP: both edges
        (_timer->PSC, _timer->ARR, _timer->CCR1) = (0, ushort.MaxValue, HalfRound);
        if (_channel < 2) _timer->CCMR1_Input = 1u << 8 * _channel;
        else _timer->CCMR2_Input = 1u << 8 * (_channel - 2);
        _timer->EGR = Update;
        _timer->SR = 0;
        _stream.StartCaptureRing((uint*)_timer + 0x34 / 4 + _channel, _times, (uint)_count, _routing);
        _timer->DIER = 1u << 9 + _channel | Update | Compare1;
        _timer->CCER = enable;
        _timer->CR1 = 1;
    }

    public override void Stop()
    {
        _timer->CR1 = 0;
        _timer->CCER = 0;
        _timer->DIER = 0;
        _stream.Stop();
    }

    public override uint Received => _decoder.Received;

    public override ReadOnlySpan<byte> Ring => new(_bytes, _size);

    public override bool TakeError()
    {
        bool error = _decoder.TakeError() | _missed;
        _missed = false;
        return error;
    }

    /// <summary>To be called by the interrupt handlers of stream and timer, which have the same priority.</summary>
    public void OnInterrupt()
    {
        uint missed = 1u << 9 + _channel, flags = _timer->SR;
        bool late = _stream.TakeHalves();                          // more than half a ring has come since the last look
        bool round = (flags & (Update | Compare1)) != 0;
        if (round) _timer->SR = ~(Update | Compare1);              // a zero clears, a one keeps
        if ((flags & missed) != 0)
        {
            _timer->SR = ~missed;
            _missed = true;
        }
        int index = (_count - (int)_stream.Remaining) & _count - 1;
        if (late)
        {
            _decoder.Lose();
            _index = index;
        }
        int pending = index - _index & _count - 1;
        bool rests = round && index == _indexBefore;
        if (round) _indexBefore = index;
        if (_decoder.Half16 == 0)
        {
            if (rests && pending == 0) _decoder.Rest();
            if (pending < ManchesterDecoder.Lesson && !rests || pending < 2) return;
            _decoder.Learn(new(_times + _index, Math.Min(pending, _count - _index)));
        }
        if (index < _index)
        {
            _decoder.Decode(new(_times + _index, _count - _index), new(_bytes, _size));
            _index = 0;
        }
        _decoder.Decode(new(_times + _index, index - _index), new(_bytes, _size));
        _index = index;
        if (rests) _decoder.Rest();
    }
}
