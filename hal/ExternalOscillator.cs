using System.Threading;

namespace SharpProbe.Hal;

/// <summary>Starts the HSE with a bounded wait (RCC_CR bits: RM0431 5.3.1, RM0433 8.7.2).</summary>
public static unsafe class ExternalOscillator
{
    private const uint HseOn = 1u << 16, HseReady = 1u << 17, HseBypass = 1u << 18;

    /// <summary>Tries the board's kind of oscillator, then the other, and gives up for the internal one. Each try polls HSERDY so many times.</summary>
    public static ClockSource Start(uint* rccCr, ClockSource preferred, int polls)
    {
        ref uint cr = ref *rccCr;
        if (TryStart(ref cr, preferred, polls)) return preferred;
        ClockSource other = preferred == ClockSource.HseBypass ? ClockSource.HseCrystal : ClockSource.HseBypass;
        if (TryStart(ref cr, other, polls)) return other;
        Volatile.Write(ref cr, Volatile.Read(ref cr) & ~HseOn);
        return ClockSource.Hsi;
    }

    private static bool TryStart(ref uint cr, ClockSource source, int polls)
    {
        Volatile.Write(ref cr, Volatile.Read(ref cr) & ~HseOn);
        while ((Volatile.Read(ref cr) & HseReady) != 0) { }        // HSEBYP may change only while the HSE is off
        Volatile.Write(ref cr, Volatile.Read(ref cr) & ~HseBypass | (source == ClockSource.HseBypass ? HseBypass : 0));
        Volatile.Write(ref cr, Volatile.Read(ref cr) | HseOn);
        for (int i = 0; i < polls; i++)
            if ((Volatile.Read(ref cr) & HseReady) != 0) return true;
        return false;
    }
}
