using System.Buffers.Binary;
using System.Numerics;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Bit fields, byte order, counting. Ra is the least significant bit, Aux the width.</summary>
internal static unsafe class BitFields
{
    public static void SignedExtract(Core c, Op* o) =>
        c.R(o->Rd) = (uint)((int)(c.R(o->Rn) << 32 - o->Ra - o->Aux) >> 32 - o->Aux);

    public static void UnsignedExtract(Core c, Op* o) =>
        c.R(o->Rd) = c.R(o->Rn) << 32 - o->Ra - o->Aux >> 32 - o->Aux;

    /// <summary>BFI and BFC (Imm 0 for BFC: the source is zero); Imm is the mask of Rn that counts.</summary>
    public static void Insert(Core c, Op* o)
    {
        uint mask = (uint)((1UL << o->Aux) - 1) << o->Ra;
        uint source = c.R(o->Rn) & o->Imm;
        c.R(o->Rd) = c.R(o->Rd) & ~mask | source << o->Ra & mask;
    }

    public static void Rev(Core c, Op* o) => c.R(o->Rd) = BinaryPrimitives.ReverseEndianness(c.R(o->Rm));

    public static void Rev16(Core c, Op* o) => c.R(o->Rd) = BitOperations.RotateLeft(BinaryPrimitives.ReverseEndianness(c.R(o->Rm)), 16);

    public static void RevSh(Core c, Op* o) => c.R(o->Rd) = (uint)BinaryPrimitives.ReverseEndianness((short)c.R(o->Rm));

    public static void Rbit(Core c, Op* o)
    {
        uint value = BinaryPrimitives.ReverseEndianness(c.R(o->Rm));
        value = value >> 4 & 0x0F0F_0F0F | (value & 0x0F0F_0F0F) << 4;
        value = value >> 2 & 0x3333_3333 | (value & 0x3333_3333) << 2;
        c.R(o->Rd) = value >> 1 & 0x5555_5555 | (value & 0x5555_5555) << 1;
    }

    public static void Clz(Core c, Op* o) => c.R(o->Rd) = (uint)BitOperations.LeadingZeroCount(c.R(o->Rm));

    // Extensions: Rm rotated right by Ra, extended; the adding forms have Rn, the plain ones read nothing else.
    public static void Sxtb(Core c, Op* o) => c.R(o->Rd) = (uint)(sbyte)Rotated(c, o);
    public static void Sxth(Core c, Op* o) => c.R(o->Rd) = (uint)(short)Rotated(c, o);
    public static void Uxtb(Core c, Op* o) => c.R(o->Rd) = (byte)Rotated(c, o);
    public static void Uxth(Core c, Op* o) => c.R(o->Rd) = (ushort)Rotated(c, o);
    public static void Sxtab(Core c, Op* o) => c.R(o->Rd) = c.R(o->Rn) + (uint)(sbyte)Rotated(c, o);
    public static void Sxtah(Core c, Op* o) => c.R(o->Rd) = c.R(o->Rn) + (uint)(short)Rotated(c, o);
    public static void Uxtab(Core c, Op* o) => c.R(o->Rd) = c.R(o->Rn) + (byte)Rotated(c, o);
    public static void Uxtah(Core c, Op* o) => c.R(o->Rd) = c.R(o->Rn) + (ushort)Rotated(c, o);
    public static void Sxtb16(Core c, Op* o) => c.R(o->Rd) = Pair((uint)(sbyte)Rotated(c, o), (uint)(sbyte)(Rotated(c, o) >> 16));
    public static void Uxtb16(Core c, Op* o) => c.R(o->Rd) = Rotated(c, o) & 0x00FF_00FF;

    public static void Sxtab16(Core c, Op* o) =>
        c.R(o->Rd) = Pair(c.R(o->Rn) + (uint)(sbyte)Rotated(c, o), (c.R(o->Rn) >> 16) + (uint)(sbyte)(Rotated(c, o) >> 16));

    public static void Uxtab16(Core c, Op* o) =>
        c.R(o->Rd) = Pair(c.R(o->Rn) + (byte)Rotated(c, o), (c.R(o->Rn) >> 16) + (byte)(Rotated(c, o) >> 16));

    private static uint Rotated(Core c, Op* o) => BitOperations.RotateRight(c.R(o->Rm), o->Ra);

    private static uint Pair(uint low, uint high) => (ushort)low | high << 16;
}
