using System;
using System.Runtime.CompilerServices;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

/// <summary>What must stop the program with a reason, by name.</summary>
static class DeliberateFailure
{
    /// <summary>True when the name was one of ours (and the program did not stop as it should have).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool Run(ReadOnlySpan<byte> name)
    {
        int[] three = [1, 2, 3];
        object text = "text";
        if (name.StartsWith("index"u8)) three[Opaque(3)]++;
        else if (name.StartsWith("span"u8)) three.AsSpan()[Opaque(-1)]++;
        else if (name.StartsWith("slice"u8)) three.AsSpan().Slice(Opaque(2), 2).Clear();
        else if (name.StartsWith("cast"u8)) three = (int[])Opaque(text);
        else if (name.StartsWith("unbox"u8)) three[0] = (int)Opaque(text);
        else if (name.StartsWith("store"u8)) ((object[])(object)new string[1])[Opaque(0)] = new object();
        else if (name.StartsWith("divide64"u8)) three[0] = (int)(1L / Opaque(0L));
        else if (name.StartsWith("divide"u8)) three[0] = 1 / Opaque(0);
        else if (name.StartsWith("overflow"u8)) three[0] = checked(Opaque(int.MaxValue) + three[0]);
        else if (name.StartsWith("product"u8)) three[0] = (int)checked(Opaque(1L << 40) * Opaque(1L << 40));
        else if (name.StartsWith("convert"u8)) three[0] = checked((int)Opaque(1e10));
        else if (name.StartsWith("heap"u8)) three = new int[Opaque(100_000_000)];
        else if (name.StartsWith("negative"u8)) three = new int[Opaque(-1)];
        else if (name.StartsWith("nullable"u8)) three[0] = Opaque((int?)null)!.Value;
        else return false;
        Semihosting.Write("survived\n"u8);
        Semihosting.Exit(three[0] == 0);
        return true;
    }
}
