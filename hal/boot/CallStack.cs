namespace SharpProbe.Hal;

/// <summary>
/// Return addresses found on a stack. The compiler keeps no chain of frames, so every word counts that points behind a call instruction in our code;
/// a stale word may slip in, a caller is never missed.
/// </summary>
public static unsafe class CallStack
{
    /// <summary>Fills <paramref name="returns"/> from stack pointer <paramref name="sp"/> upwards; returns how many there are.</summary>
    public static uint Collect(uint sp, uint* returns, uint limit)
    {
        bool main = sp >= LinkerSymbols.MainStackStart && sp < LinkerSymbols.MainStackEnd;
        uint end = main ? LinkerSymbols.MainStackEnd : LinkerSymbols.StackEnd, count = 0;
        if (!main && LinkerSymbols.StackStart - sp <= Boot.StackGuard) sp = LinkerSymbols.StackStart;   // ran into the guard; a difference, as the compiler takes comparisons with two linker symbols for one
        if (!main && sp < LinkerSymbols.StackStart) return 0;
        for (uint* word = (uint*)(sp & ~3u); word < (uint*)end && count < limit; word++)
            if (IsReturnAddress(*word)) returns[count++] = *word & ~1u;
        return count;
    }

    /// <summary>Odd, in our code, and behind a BL or BLX (DDI 0403E, A7.7.18 and A7.7.19).</summary>
    public static bool IsReturnAddress(uint word)
    {
        uint address = word - 1;
        if ((word & 1) == 0 || address < LinkerSymbols.CodeStart + 4 || address > LinkerSymbols.CodeEnd) return false;
        uint before = ((ushort*)address)[-1], first = ((ushort*)address)[-2];
        return (before & 0xFF87) == 0x4780 || (first & 0xF800) == 0xF000 && (before & 0xD000) == 0xD000;
    }
}
