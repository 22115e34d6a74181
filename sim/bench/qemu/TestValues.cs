namespace SharpProbe.Sim.Qemu;

/// <summary>Operands that find mistakes: boundaries often, arbitrary bits sometimes.</summary>
public static class TestValues
{
    private static readonly uint[] Singles =
        [0, 1, 0x007FFFFF, 0x00800000, 0x00800001, 0x3F800000, 0x3F800001, 0x3F7FFFFF, 0x7F7FFFFF, 0x7F800000, 0x7F800001, 0x7FC00000, 0x7FFFFFFF, 0x4F000000, 0x4EFFFFFF, 0x3F000000, 0x33800000];

    private static readonly ulong[] Doubles =
    [
        0, 1, 0x000FFFFFFFFFFFFF, 0x0010000000000000, 0x3FF0000000000000, 0x3FF0000000000001, 0x7FEFFFFFFFFFFFFF, 0x7FF0000000000000, 0x7FF0000000000001,
        0x7FF8000000000000, 0x7FFFFFFFFFFFFFFF, 0x41E0000000000000, 0x41DFFFFFFFC00000, 0x380FFFFFE0000000, 0x36A0000000000000, 0x3FE0000000000000, 0x47EFFFFFF0000000,
    ];

    public static uint Integer(Random random) => random.Next(8) switch
    {
        0 => (uint)random.Next(-2, 3),
        1 => 0x8000_0000 + (uint)random.Next(-2, 3),
        2 => 1u << random.Next(32),
        3 => (uint)random.Next(256),
        4 => ((uint)random.Next(3) * 0x7FFF + (uint)random.Next(2)) << 16 | (uint)random.Next(3) * 0x7FFF + (uint)random.Next(2),
        _ => (uint)random.NextInt64(),
    };

    public static uint Single(Random random) => (uint)random.Next(2) << 31 | random.Next(8) switch
    {
        0 or 1 => Singles[random.Next(Singles.Length)],
        2 => (uint)random.Next(0x800000),
        3 => (uint)random.Next(1, 0x30) << 23 | (uint)random.Next(0x800000),
        4 => BitConverter.SingleToUInt32Bits(random.Next(1 << random.Next(1, 31)) / 4f),
        5 => (uint)random.NextInt64() & 0x7FFFFFFF,
        6 => (uint)random.Next(0x60, 0xA0) << 23 | (uint)random.Next(4) * 0x200000,
        _ => (uint)random.Next(0x70, 0x90) << 23 | (uint)random.Next(0x800000),
    };

    public static ulong Double(Random random) => (ulong)random.Next(2) << 63 | random.Next(9) switch
    {
        0 or 1 => Doubles[random.Next(Doubles.Length)],
        2 => (ulong)random.NextInt64(1L << 52),
        3 => (ulong)random.Next(1, 0x60) << 52 | (ulong)random.NextInt64(1L << 52),
        4 => BitConverter.DoubleToUInt64Bits(random.NextInt64(1L << random.Next(1, 52)) / 4.0),
        5 => (ulong)random.NextInt64(),
        6 => (ulong)random.Next(0x360, 0x4A0) << 52 | (ulong)random.NextInt64(1L << 52),   // around what a single can hold
        7 => (ulong)random.Next(0x3E0, 0x420) << 52 | (ulong)random.Next(4) << 50,
        _ => (ulong)random.Next(0x3F0, 0x410) << 52 | (ulong)random.NextInt64(1L << 52),
    };

    /// <summary>The two pools of <see cref="TestLayout.Pool"/>.</summary>
    public static byte[] Pools(Random random)
    {
        var bytes = new byte[2 * TestLayout.PoolSize];
        for (int i = 0; i < TestLayout.PoolSize; i += 4) BitConverter.TryWriteBytes(bytes.AsSpan(i), Integer(random));
        for (int i = (int)TestLayout.PoolSize; i < bytes.Length; i += 8)
        {
            ulong value = random.Next(2) == 0 ? Double(random) : (ulong)Single(random) << 32 | Single(random);
            BitConverter.TryWriteBytes(bytes.AsSpan(i), value);
        }
        return bytes;
    }

    /// <summary>An FPSCR value: any modes, any flags.</summary>
    public static uint Status(Random random) => (uint)random.NextInt64() & Fpu.FloatUnit.StatusMask & (random.Next(2) == 0 ? uint.MaxValue : 0xF0FF_FFFF);
}
