using SharpProbe.Intrinsics;

namespace SharpProbe.Hal;

/// <summary>What the application leaves for the boot loader across a reset: a word and its complement in the last 8 bytes of DTCM, which no image uses.</summary>
public static unsafe class BootMagic
{
    public const uint Value = 0x544F_4F42;                         // "BOOT"

    /// <param name="end">Address after DTCM.</param>
    public static void Write(uint end)
    {
        uint* words = (uint*)(end - 8);
        words[0] = Value;
        words[1] = ~Value;
        Cpu.Dsb();
    }

    /// <summary>Reads the words and clears them. True: they were there.</summary>
    public static bool Take(uint end)
    {
        uint* words = (uint*)(end - 8);
        bool found = words[0] == Value && words[1] == ~Value;
        words[0] = words[1] = 0;
        Cpu.Dsb();
        return found;
    }
}
