using System.Runtime.CompilerServices;

namespace SharpProbe.Demo;

/// <summary>What the program has found so far: something to watch.</summary>
static class Score
{
    private static uint s_primes, s_latest;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Count(uint prime)
    {
        s_latest = prime;
        s_primes++;
    }
}
