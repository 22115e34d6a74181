#if NET
using System.Threading;
#endif

namespace SharpProbe.Adi;

/// <summary>Address and detail of the last faults: more than are ever under way at once.</summary>
static class FaultPlaces
{
#if NET
    public const int Count = 1 << 16;                       // tests run side by side, and a fault of one thread may be told by another

    private static uint[]? s_words = new uint[Count * 2];

    private static uint Next() => Interlocked.Increment(ref s_last) % Count;
#else
    public const int Count = 32;

    private static uint[]? s_words;

    private static uint Next() => s_last = (s_last + 1) % Count;
#endif

    private static uint s_last;

    /// <summary>Takes the memory; to be called at start-up.</summary>
    public static void Prepare() => s_words ??= new uint[Count * 2];

    /// <summary>Number of the place, from 1; 0 where there is nothing to keep.</summary>
    public static uint Keep(uint address, uint detail)
    {
        if ((address | detail) == 0) return 0;
        uint[] words = s_words ??= new uint[Count * 2];
        uint place = Next();
        words[place * 2] = address;
        words[place * 2 + 1] = detail;
        return place + 1;
    }

    public static uint Address(uint place) => place == 0 ? 0 : s_words![place * 2 - 2];

    public static uint Detail(uint place) => place == 0 ? 0 : s_words![place * 2 - 1];
}
