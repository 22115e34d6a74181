using System;

namespace SharpProbe.Adi;

/// <summary>Address and detail of the last faults: more than are ever under way at once.</summary>
static class FaultPlaces
{
    public const int Count = 32;

#if NET
    [ThreadStatic]                                          // tests run side by side; the probe has one loop
#endif
    private static uint[]? s_words;

    /// <summary>Takes the memory; to be called at start-up.</summary>
    public static void Prepare() => s_words ??= new uint[Count * 2 + 1];

    /// <summary>Number of the place, from 1; 0 where there is nothing to keep.</summary>
    public static uint Keep(uint address, uint detail)
    {
        if ((address | detail) == 0) return 0;
        uint[] words = s_words ??= new uint[Count * 2 + 1];
        uint place = words[Count * 2] % Count;
        words[Count * 2] = place + 1;
        words[place * 2] = address;
        words[place * 2 + 1] = detail;
        return place + 1;
    }

    public static uint Address(uint place) => place == 0 ? 0 : s_words![place * 2 - 2];

    public static uint Detail(uint place) => place == 0 ? 0 : s_words![place * 2 - 1];
}
