using static SharpProbe.Hal.F7.Chip;

namespace SharpProbe.Hal.F7;

/// <summary>Voltages at pins by ADC1, one at a time (RM0431 15). The reference is the board's 3.3 V.</summary>
public static unsafe class VoltageInput
{
    private const uint ReferenceMillivolts = 3300, FullScale = 4095, LongestSampling = 7, QuarterClock = 1;

    /// <summary>EOC is polled this often: a conversion takes 18 us at 27 MHz.</summary>
    private const int Polls = 10_000;

    /// <summary>About 22 us. -1: the converter did not finish.</summary>
    /// <param name="pin">Of the channel.</param>
    /// <param name="channel">ADC1_INn, 0 to 9.</param>
    public static int Millivolts(Pin pin, int channel)
    {
        pin.Analog();
        RCC->APB2ENR |= RCC_APB2ENR.ADC1EN;
        _ = RCC->APB2ENR;
        C_ADC->CCR = ADCCOMMON_CCR.ADCPRE(QuarterClock);           // PCLK2 / 4, 27 MHz of at most 36
        ADC1->SMPR2 = LongestSampling << channel * 3;              // the divider's impedance
        ADC1->SQR1 = 0;
        ADC1->SQR3 = (uint)channel;
        ADC1->CR2 = ADC_CR2.ADON;
        uint start = CycleCounter.Now;
        while (CycleCounter.Now - start < Clocks.CoreHertz / 1_000_000 * 4) { }   // tSTAB, 3 us
        ADC1->SR = 0;
        ADC1->CR2 = ADC_CR2.ADON | ADC_CR2.SWSTART;
        int polls = Polls;
        while ((ADC1->SR & ADC_SR.EOC) == 0 && --polls != 0) { }
        uint value = ADC1->DR & FullScale;
        ADC1->CR2 = 0;
        return polls == 0 ? -1 : (int)(value * ReferenceMillivolts / FullScale);
    }
}
