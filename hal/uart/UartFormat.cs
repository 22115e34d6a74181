using SharpProbe.Usb.Cdc;

namespace SharpProbe.Hal;

/// <summary>What a line coding is in a USART's registers (RM0431 31.5.4 and 31.8, RM0433 48.5.6 and 48.7).</summary>
public readonly struct UartFormat
{
    private UartFormat(uint cr1, uint cr2, uint brr, byte mask, uint baud) => (Cr1, Cr2, Brr, Mask, Baud) = (cr1, cr2, brr, mask, baud);

    public uint Cr1 { get; }
    public uint Cr2 { get; }
    public uint Brr { get; }

    /// <summary>Data bits of a received byte: with seven of them the eighth shows the parity bit.</summary>
    public byte Mask { get; }

    /// <summary>What the divider makes, in bits a second.</summary>
    public uint Baud { get; }

    /// <summary>False where the USART cannot do it: other than 7 or 8 data bits, mark or space parity, or no divider that comes within 2.5 % of the speed.</summary>
    /// <param name="coding">What is asked for.</param>
    /// <param name="kernelHertz">Clock of the USART.</param>
    public static bool TryMake(LineCoding coding, uint kernelHertz, out UartFormat format)
    {
        format = default;
        if (coding.DataBits is not (7 or 8) || coding.Parity > 2 || coding.StopBits > 2 || !TryDivide(kernelHertz, coding.Baud, out uint brr, out bool by8, out uint actual)) return false;
        uint word = (uint)coding.DataBits + (coding.Parity != 0 ? 1u : 0);                      // the parity bit is part of the word
        uint cr1 = (word == 7 ? USART_CR1.M1 : word == 9 ? USART_CR1.M0 : 0) | (by8 ? USART_CR1.OVER8 : 0);
        if (coding.Parity != 0) cr1 |= USART_CR1.PCE | (coding.Parity == 1 ? USART_CR1.PS : 0);
        uint stop = coding.StopBits switch { 0 => 0, 1 => 3, _ => 2 };
        format = new(cr1, USART_CR2.STOP(stop), brr, (byte)(coding.DataBits == 7 ? 0x7F : 0xFF), actual);
        return true;
    }

    /// <summary>The nearest whole divider of the clock: 16 samples a bit where it is 16 or more, else 8.</summary>
    private static bool TryDivide(uint kernelHertz, uint baud, out uint brr, out bool by8, out uint actual)
    {
        (brr, by8, actual) = (0, false, 0);
        if (baud == 0 || baud > kernelHertz / 8) return false;
        uint divider = (kernelHertz + baud / 2) / baud;
        actual = kernelHertz / divider;
        if (divider > 0xFFFF || (actual > baud ? actual - baud : baud - actual) > baud / 40) return false;
        by8 = divider < 16;
        brr = by8 ? divider << 1 & 0xFFF0 | divider & 7 : divider;                             // OVER8: twice the divider, its low four bits shifted right by one
        return true;
    }
}
