using System.Runtime.CompilerServices;
using System.Threading;

namespace SharpProbe.Hal;

/// <summary>
/// An SPI as the wire's receiver: as a master whose clock rests high and captures at the second edge it does to SWCLK what the probe does, a bit taken before each rising edge. Two frames of
/// 16 bits make a word; what it sends meanwhile reaches no pin. The block always runs: whether SWCLK is its own is a matter of the pin's mode.
/// </summary>
/// <param name="spi">Null: there is none.</param>
/// <param name="kernelHertz">Clock of its APB.</param>
/// <param name="fastest">What the wire to a target carries, in Hz, however much is asked for.</param>
/// <param name="function">The alternate function of both pins.</param>
public readonly unsafe struct SpiShifter(SpiRegisters* spi, uint kernelHertz, uint fastest, uint function)
{
    private const uint Mode = SPI_CR1.CPHA | SPI_CR1.CPOL | SPI_CR1.MSTR | SPI_CR1.LSBFIRST | SPI_CR1.SSM | SPI_CR1.SSI;

    private const int SlowestRate = 7;

    private readonly SpiRegisters* _spi = spi;
    private readonly uint _kernelHertz = kernelHertz, _fastest = fastest, _function = function;

    public bool Exists
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _spi != null;
    }

    /// <summary>Two pins of a port below pin 8; their modes stay as they are.</summary>
    public void Start(GpioRegisters* port, int clock, int data)
    {
        port->AFRL = port->AFRL & ~(15u << clock * 4 | 15u << data * 4) | _function << clock * 4 | _function << data * 4;
        _spi->CR2 = SPI_CR2.DS(15);
        _spi->CR1 |= Mode;
        _spi->CR1 |= SPI_CR1.SPE;
    }

    /// <summary>The fastest clock that is not faster than asked, in Hz; 0: none is slow enough. Between words.</summary>
    public uint SetClock(uint hertz)
    {
        for (int rate = 0; rate <= SlowestRate; rate++)
        {
            uint given = _kernelHertz >> rate + 1;
            if (given > hertz || given > _fastest) continue;
            _spi->CR1 = _spi->CR1 & ~SPI_CR1.BR_Mask | SPI_CR1.BR((uint)rate);
            return given;
        }
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint In()
    {
        Data = ushort.MaxValue;
        Data = ushort.MaxValue;
        Await();
        uint word = Data;
        Await();
        return word | (uint)Data << 16;
    }

    /// <summary>RXNE comes with the last bit's rising edge. Shifted, not masked: the register takes no bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Await()
    {
        while ((int)(_spi->SR << 31) >= 0) { }
    }

    /// <summary>DR, whose width of access is that of a frame (RM0431, "Data packing").</summary>
    private ushort Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref *(ushort*)((byte*)_spi + 0x0C));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref *(ushort*)((byte*)_spi + 0x0C), value);
    }
}
