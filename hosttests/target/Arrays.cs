using System;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Arrays
{
    internal static void Run()
    {
        var numbers = new int[Opaque(100)];
        int sum = 0;
        foreach (int n in numbers) sum |= n;
        Check(sum == 0, "a new array is zero"u8);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = i;
        Array.Copy(numbers, 0, numbers, 1, 99);
        Check(numbers[99] == 98 && numbers[1] == 0, "an overlapping copy upwards"u8);
        Array.Copy(numbers, 1, numbers, 0, 99);
        Check(numbers[0] == 0 && numbers[98] == 98, "an overlapping copy downwards"u8);
        object[] objects = new string[2];
        objects[Opaque(0)] = "x";
        Check((string)objects[0] == "x", "a covariant store"u8);
        var longs = new long[Opaque(3)];
        longs[Opaque(2)] = 1L << 50;
        Check(longs[2] == 1L << 50 && longs[1] == 0, "an array of longs"u8);
        var jagged = new byte[2][];
        jagged[Opaque(1)] = new byte[3];
        jagged[1][2] = 9;
        Check(jagged[1][2] == 9 && jagged[0] is null, "an array of arrays"u8);
        Check(numbers[^1] == numbers[99] && numbers[2..5].Length == 3, "ranges and indices from the end"u8);
    }
}
