using System.Runtime;
using System.Runtime.CompilerServices;

namespace SharpProbe.Demo;

/// <summary>A program to debug: counts primes and blinks PC13, the light of the usual STM32F103 boards.</summary>
static unsafe class Program
{
    [RuntimeExport("Reset_Handler")]
    static void Reset()
    {
        Image.Initialize();
        Light.Start();
        uint number = 2;
        while (true)
        {
            if (IsPrime(number)) Score.Count(number);
            Light.Show((number & 1) != 0);
            number++;
        }
    }

    /// <summary>By trial division.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool IsPrime(uint number)
    {
        for (uint divisor = 2; divisor * divisor <= number; divisor++)
            if (Remainder(number, divisor) == 0) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static uint Remainder(uint number, uint divisor)
    {
        uint whole = number / divisor;
        return number - whole * divisor;
    }

    [RuntimeExport("Fault_Handler")]
    static void Fault()
    {
        while (true) { }
    }

    [RuntimeExport("FailFast")]
    static void FailFast(string message)
    {
        while (true) { }
    }
}
