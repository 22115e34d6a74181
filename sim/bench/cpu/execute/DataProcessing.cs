using System.Numerics;

namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>Data processing in its operand forms, and the shifts. Register 16 takes the result of comparisons.</summary>
internal static unsafe class DataProcessing
{
    /// <summary>Aux of <see cref="Imm"/>: what a modified immediate does to the carry.</summary>
    public const byte CarryKept = 0, CarryClear = 1, CarrySet = 2;

    /// <summary>Rd = Rn op Imm.</summary>
    public static void Imm<T, F>(Core c, Op* o) where T : struct, IAluOperation where F : struct, IFlagMode =>
        c.R(o->Rd) = T.Run<F>(c, c.R(o->Rn), o->Imm, o->Aux == CarryKept ? c._carry : o->Aux == CarrySet);

    /// <summary>Rd = Rn op Rm.</summary>
    public static void Reg<T, F>(Core c, Op* o) where T : struct, IAluOperation where F : struct, IFlagMode =>
        c.R(o->Rd) = T.Run<F>(c, c.R(o->Rn), c.R(o->Rm), c._carry);

    /// <summary>Rd = Rn op (Rm shifted): Aux is the shift type, Ra the amount (1 to 32).</summary>
    public static void Shifted<T, F>(Core c, Op* o) where T : struct, IAluOperation where F : struct, IFlagMode
    {
        uint m = Shift(c.R(o->Rm), o->Aux, o->Ra, c._carry, out bool carry);
        c.R(o->Rd) = T.Run<F>(c, c.R(o->Rn), m, carry);
    }

    // The frequent shifts (LSL, LSR, ASR by 1 to 31) without flags, spared the general method.
    public static void ShiftedLeft<T>(Core c, Op* o) where T : struct, IAluOperation =>
        c.R(o->Rd) = T.Run<FlagModes.Keep>(c, c.R(o->Rn), c.R(o->Rm) << o->Ra, false);

    public static void ShiftedRight<T>(Core c, Op* o) where T : struct, IAluOperation =>
        c.R(o->Rd) = T.Run<FlagModes.Keep>(c, c.R(o->Rn), c.R(o->Rm) >> o->Ra, false);

    public static void ShiftedArithmetic<T>(Core c, Op* o) where T : struct, IAluOperation =>
        c.R(o->Rd) = T.Run<FlagModes.Keep>(c, c.R(o->Rn), (uint)((int)c.R(o->Rm) >> o->Ra), false);

    /// <summary>LSLS Rd, Rm, #1 to 31.</summary>
    public static void MoveLeft(Core c, Op* o)
    {
        uint m = c.R(o->Rm);
        c._carry = (m >> 32 - o->Ra & 1) != 0;
        c._nResult = c._zResult = c.R(o->Rd) = m << o->Ra;
    }

    /// <summary>LSRS Rd, Rm, #1 to 31.</summary>
    public static void MoveRight(Core c, Op* o)
    {
        uint m = c.R(o->Rm);
        c._carry = (m >> o->Ra - 1 & 1) != 0;
        c._nResult = c._zResult = c.R(o->Rd) = m >> o->Ra;
    }

    /// <summary>Rd = Rn shifted by the low byte of Rm: Aux is the type.</summary>
    public static void ShiftByRegister<F>(Core c, Op* o) where F : struct, IFlagMode
    {
        uint result = Shift(c.R(o->Rn), o->Aux, (int)(c.R(o->Rm) & 0xFF), c._carry, out bool carry);
        if (F.Sets)
        {
            c._nResult = c._zResult = result;
            c._carry = carry;
        }
        c.R(o->Rd) = result;
    }

    public const byte Lsl = 0, Lsr = 1, Asr = 2, Ror = 3, Rrx = 4;

    /// <summary>Shift_C() of DDI0403 A2.2.1; amount 0 leaves value and carry.</summary>
    public static uint Shift(uint value, int type, int amount, bool carryIn, out bool carry)
    {
        carry = carryIn;
        if (amount == 0) return value;
        switch (type)
        {
            case Lsl:
                carry = amount <= 32 && (value >> 32 - amount & 1) != 0;
                return amount < 32 ? value << amount : 0;
            case Lsr:
                carry = amount <= 32 && (value >> amount - 1 & 1) != 0;
                return amount < 32 ? value >> amount : 0;
            case Asr:
                int by = Math.Min(amount, 32);
                carry = ((int)value >> by - 1 & 1) != 0;
                return (uint)((int)value >> Math.Min(by, 31));
            case Ror:
                uint rotated = BitOperations.RotateRight(value, amount);
                carry = (int)rotated < 0;
                return rotated;
            default:
                carry = (value & 1) != 0;
                return value >> 1 | (carryIn ? 1u << 31 : 0);
        }
    }

    /// <summary>MOVT: Rd[31:16] = Imm.</summary>
    public static void MoveTop(Core c, Op* o) => c.R(o->Rd) = (ushort)c.R(o->Rd) | o->Imm << 16;

    /// <summary>ADD PC, Rm and MOV PC, Rm: Imm is what is added.</summary>
    public static void AddToPc(Core c, Op* o)
    {
        c._pc = c.R(o->Rm) + o->Imm & ~1u;
        c.PredictIndirect(o);
    }

    /// <summary>PKHBT (Aux 0) and PKHTB (Aux 1), Rm shifted by Ra.</summary>
    public static void PackHalfwords(Core c, Op* o)
    {
        bool top = o->Aux != 0;
        uint m = Shift(c.R(o->Rm), top ? Asr : Lsl, o->Ra, false, out _);
        uint n = c.R(o->Rn);
        c.R(o->Rd) = top ? n & 0xFFFF_0000 | m & 0xFFFF : m & 0xFFFF_0000 | n & 0xFFFF;
    }
}
