using System.Runtime.CompilerServices;

namespace System;

/// <summary>
/// memcpy, memmove and memset at word speed. Cortex-M7 loads and stores unaligned words in normal memory, so only the destination is aligned;
/// four words a turn keep the loop's own cost under a quarter. Addresses in Device memory must be word aligned (ARMv7-M, A3.2.1).
/// </summary>
internal static unsafe class MemoryOperations
{
    internal static void Move(byte* destination, byte* source, nuint bytes)
    {
        if ((nuint)destination - (nuint)source >= bytes) Forward(destination, source, bytes);
        else Backward(destination, source, bytes);
    }

    internal static void Forward(byte* d, byte* s, nuint n)
    {
        while (n != 0 && ((nuint)d & 3) != 0) { *d++ = *s++; n--; }
        while (n >= 16)
        {
            uint a = ((uint*)s)[0], b = ((uint*)s)[1], c = ((uint*)s)[2], e = ((uint*)s)[3];
            ((uint*)d)[0] = a; ((uint*)d)[1] = b; ((uint*)d)[2] = c; ((uint*)d)[3] = e;
            d += 16; s += 16; n -= 16;
        }
        while (n >= 4) { *(uint*)d = *(uint*)s; d += 4; s += 4; n -= 4; }
        while (n != 0) { *d++ = *s++; n--; }
    }

    private static void Backward(byte* destination, byte* source, nuint n)
    {
        byte* d = destination + n, s = source + n;
        while (n != 0 && ((nuint)d & 3) != 0) { *--d = *--s; n--; }
        while (n >= 4) { d -= 4; s -= 4; *(uint*)d = *(uint*)s; n -= 4; }
        while (n != 0) { *--d = *--s; n--; }
    }

    internal static void Fill(byte* d, byte value, nuint n)
    {
        uint word = value * 0x01010101u;
        while (n != 0 && ((nuint)d & 3) != 0) { *d++ = value; n--; }
        while (n >= 16)
        {
            ((uint*)d)[0] = word; ((uint*)d)[1] = word; ((uint*)d)[2] = word; ((uint*)d)[3] = word;
            d += 16; n -= 16;
        }
        while (n >= 4) { *(uint*)d = word; d += 4; n -= 4; }
        while (n != 0) { *d++ = value; n--; }
    }
}
