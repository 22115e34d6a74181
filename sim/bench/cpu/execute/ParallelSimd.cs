namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Parallel addition and subtraction (DDI0403 A5.3.13): Aux is the operation (bits 2:0) and the prefix (bits 5:3: U, then 00 plain, 01 saturating, 10 halving).</summary>
internal static unsafe class ParallelSimd
{
    private const int Add8 = 0, Add16 = 1, Asx = 2, Sub8 = 4, Sub16 = 5, Sax = 6;

    public static void Run(Core c, Op* o)
    {
        uint n = c.R(o->Rn), m = c.R(o->Rm);
        int operation = o->Aux & 7, prefix = o->Aux >> 3 & 3;
        bool unsigned = (o->Aux & 0x20) != 0, bytes = operation is Add8 or Sub8;
        int width = bytes ? 8 : 16;
        uint result = 0, ge = 0;
        for (int lane = 0; lane < 32; lane += width)
        {
            bool subtract = operation switch { Add8 or Add16 => false, Sub8 or Sub16 => true, Asx => lane == 0, _ => lane != 0 };
            // ASX and SAX cross the halfwords of the second operand.
            int from = operation is Asx or Sax ? 16 - lane : lane;
            int a = Lane(n, lane, width, unsigned), b = Lane(m, from, width, unsigned);
            int value = subtract ? a - b : a + b;
            uint all = (1u << width) - 1;
            if (prefix == 0 && Greater(value, subtract, unsigned, width)) ge |= (bytes ? 1u : 3u) << lane / 8;
            result |= ((uint)Prefixed(value, prefix, unsigned, width) & all) << lane;
        }
        if (prefix == 0) c.Ge = ge;
        c.R(o->Rd) = result;
    }

    /// <summary>SEL: each byte from Rn where its GE bit is set, else from Rm.</summary>
    public static void Select(Core c, Op* o)
    {
        uint mask = 0;
        for (int i = 0; i < 4; i++)
            if ((c.Ge >> i & 1) != 0) mask |= 0xFFu << i * 8;
        c.R(o->Rd) = c.R(o->Rn) & mask | c.R(o->Rm) & ~mask;
    }

    private static int Lane(uint value, int bit, int width, bool unsigned)
    {
        int up = (int)(value << 32 - width - bit);
        return unsigned ? (int)((uint)up >> 32 - width) : up >> 32 - width;
    }

    // GE: not negative; for unsigned additions, carry out.
    private static bool Greater(int value, bool subtract, bool unsigned, int width) =>
        unsigned && !subtract ? value >= 1 << width : value >= 0;

    private static int Prefixed(int value, int prefix, bool unsigned, int width) => prefix switch
    {
        1 when unsigned => Math.Clamp(value, 0, (1 << width) - 1),
        1 => Math.Clamp(value, -(1 << width - 1), (1 << width - 1) - 1),
        2 => value >> 1,
        _ => value,
    };
}
