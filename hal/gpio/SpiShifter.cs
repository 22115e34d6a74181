using System.Runtime.CompilerServices;
using System.Threading;

namespace SharpProbe.Hal;

/// <summary>
/// An SPI as the wire's receiver: as a master whose clock rests high and captures at the second edge it does to SWCLK what the probe does, a bit taken before each rising edge. Two frames of
/// 16 bits make a word; what it sends meanwhile reaches no pin. The block always runs: whether SWCLK is its own is a matter of the pin's mode.
/// </summary>
public static unsafe class SpiShifter
{
    private const uint Mode = SPI_CR1.CPHA | SPI_CR1.CPOL | SPI_CR1.MSTR | SPI_CR1.LSBFIRST | SPI_CR1.SSM | SPI_CR1.SSI;

    private const int SlowestRate = 7;

    public static void Start(SpiRegisters* spi)
    {
        spi->CR2 = SPI_CR2.DS(15);
        spi->CR1 |= Mode;
        spi->CR1 |= SPI_CR1.SPE;
    }

    /// <summary>The fastest clock that is not faster than asked, in Hz; 0: none is slow enough. Between words.</summary>
    /// <param name="kernelHertz">Clock of the block's APB.</param>
    public static uint SetClock(SpiRegisters* spi, uint kernelHertz, uint hertz)
    {
        for (int rate = 0; rate <= SlowestRate; rate++)
        {
            uint given = kernelHertz >> rate + 1;
            if (given > hertz) continue;
            spi->CR1 = spi->CR1 & ~SPI_CR1.BR_Mask | SPI_CR1.BR((uint)rate);
            return given;
        }
        return 0;
    }

    /// <summary>32 bits, the first one lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint In(SpiRegisters* spi)
    {
        Volatile.Write(ref *Data(spi), ushort.MaxValue);
        Volatile.Write(ref *Data(spi), ushort.MaxValue);
        Await(spi);
        uint word = Volatile.Read(ref *Data(spi));
        Await(spi);
        return word | (uint)Volatile.Read(ref *Data(spi)) << 16;
    }

    /// <summary>RXNE comes with the last bit's rising edge. Shifted, not masked: the register takes no bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Await(SpiRegisters* spi)
    {
        while ((int)(spi->SR << 31) >= 0) { }
    }

    /// <summary>DR, whose width of access is that of a frame (RM0431, "Data packing").</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort* Data(SpiRegisters* spi) => (ushort*)spi + 0x0C / 2;
}
