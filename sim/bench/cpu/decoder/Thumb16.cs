using SharpProbe.Sim.Cpu.Execute;
using static SharpProbe.Sim.Cpu.Decoding.Requires;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The 16-bit instructions (DDI0403 A5.2), loads, stores and branches being in <see cref="Thumb16Memory"/> and <see cref="Thumb16Control"/>.</summary>
internal static unsafe class Thumb16
{
    private const int Sink = 16;

    public static readonly Encoding[] Rows =
    [
        new("000 00 iiiii mmm ddd", "LSL imm / MOVS", V6M, static (ref f) => Shift(ref f, DataProcessing.Lsl)),
        new("000 01 iiiii mmm ddd", "LSR imm", V6M, static (ref f) => Shift(ref f, DataProcessing.Lsr)),
        new("000 10 iiiii mmm ddd", "ASR imm", V6M, static (ref f) => Shift(ref f, DataProcessing.Asr)),
        new("00011 00 mmm nnn ddd", "ADD reg", V6M, static (ref f) => Reg(ref f, Alu.Add, f.Number('d'), f.Number('n'), f.Number('m'))),
        new("00011 01 mmm nnn ddd", "SUB reg", V6M, static (ref f) => Reg(ref f, Alu.Sub, f.Number('d'), f.Number('n'), f.Number('m'))),
        new("00011 10 iii nnn ddd", "ADD imm3", V6M, static (ref f) => Imm(ref f, Alu.Add, f.Number('d'), f.Number('n'), f['i'])),
        new("00011 11 iii nnn ddd", "SUB imm3", V6M, static (ref f) => Imm(ref f, Alu.Sub, f.Number('d'), f.Number('n'), f['i'])),
        new("001 00 ddd iiiiiiii", "MOV imm", V6M, static (ref f) => Imm(ref f, Alu.Mov, f.Number('d'), Sink, f['i'])),
        new("001 01 nnn iiiiiiii", "CMP imm", V6M, static (ref f) => CompareImm(ref f)),
        new("001 10 ddd iiiiiiii", "ADD imm8", V6M, static (ref f) => Imm(ref f, Alu.Add, f.Number('d'), f.Number('d'), f['i'])),
        new("001 11 ddd iiiiiiii", "SUB imm8", V6M, static (ref f) => Imm(ref f, Alu.Sub, f.Number('d'), f.Number('d'), f['i'])),

        new("010000 0000 mmm ddd", "AND", V6M, static (ref f) => TwoOperand(ref f, Alu.And)),
        new("010000 0001 mmm ddd", "EOR", V6M, static (ref f) => TwoOperand(ref f, Alu.Eor)),
        new("010000 0010 mmm ddd", "LSL reg", V6M, static (ref f) => ShiftRegister(ref f, DataProcessing.Lsl)),
        new("010000 0011 mmm ddd", "LSR reg", V6M, static (ref f) => ShiftRegister(ref f, DataProcessing.Lsr)),
        new("010000 0100 mmm ddd", "ASR reg", V6M, static (ref f) => ShiftRegister(ref f, DataProcessing.Asr)),
        new("010000 0101 mmm ddd", "ADC", V6M, static (ref f) => { TwoOperand(ref f, Alu.Adc); f.ReadsFlags(); }),
        new("010000 0110 mmm ddd", "SBC", V6M, static (ref f) => { TwoOperand(ref f, Alu.Sbc); f.ReadsFlags(); }),
        new("010000 0111 mmm ddd", "ROR reg", V6M, static (ref f) => ShiftRegister(ref f, DataProcessing.Ror)),
        new("010000 1000 mmm nnn", "TST", V6M, static (ref f) => Compare(ref f, Alu.And)),
        new("010000 1001 nnn ddd", "RSB #0", V6M, static (ref f) => Imm(ref f, Alu.Rsb, f.Number('d'), f.Number('n'), 0)),
        new("010000 1010 mmm nnn", "CMP", V6M, static (ref f) => Compare(ref f, Alu.Sub)),
        new("010000 1011 mmm nnn", "CMN", V6M, static (ref f) => Compare(ref f, Alu.Add)),
        new("010000 1100 mmm ddd", "ORR", V6M, static (ref f) => TwoOperand(ref f, Alu.Orr)),
        new("010000 1101 mmm ddd", "MUL", V6M, static (ref f) => Mul(ref f)),
        new("010000 1110 mmm ddd", "BIC", V6M, static (ref f) => TwoOperand(ref f, Alu.Bic)),
        new("010000 1111 mmm ddd", "MVN", V6M, static (ref f) => Reg(ref f, Alu.Mvn, f.Number('d'), Sink, f.Number('m'))),

        new("010001 00 dmmmmddd", "ADD high", V6M, static (ref f) => AddHigh(ref f)),
        new("010001 01 nmmmmnnn", "CMP high", V6M, static (ref f) =>
        {
            if (!f.Unpredictable(f['n'] == 15 || f['m'] == 15)) Compare(ref f, Alu.Sub);
        }),
        new("010001 10 dmmmmddd", "MOV high", V6M, static (ref f) => MoveHigh(ref f)),

        new("1010 0 ddd iiiiiiii", "ADR", V6M, static (ref f) => Constant(ref f, f.Number('d'), f.AlignedPc + f['i'] * 4)),
        new("1010 1 ddd iiiiiiii", "ADD SP imm", V6M, static (ref f) => Plain(ref f, Alu.Add, f.Number('d'), f['i'] * 4)),
        new("1011 0000 0 iiiiiii", "ADD SP, SP", V6M, static (ref f) => Plain(ref f, Alu.AddSp, 13, f['i'] * 4)),
        new("1011 0000 1 iiiiiii", "SUB SP, SP", V6M, static (ref f) => Plain(ref f, Alu.SubSp, 13, f['i'] * 4)),
        new("1011 0010 00 mmm ddd", "SXTH", V6M, static (ref f) => Unary(ref f, &BitFields.Sxth)),
        new("1011 0010 01 mmm ddd", "SXTB", V6M, static (ref f) => Unary(ref f, &BitFields.Sxtb)),
        new("1011 0010 10 mmm ddd", "UXTH", V6M, static (ref f) => Unary(ref f, &BitFields.Uxth)),
        new("1011 0010 11 mmm ddd", "UXTB", V6M, static (ref f) => Unary(ref f, &BitFields.Uxtb)),
        new("1011 1010 00 mmm ddd", "REV", V6M, static (ref f) => Unary(ref f, &BitFields.Rev)),
        new("1011 1010 01 mmm ddd", "REV16", V6M, static (ref f) => Unary(ref f, &BitFields.Rev16)),
        new("1011 1010 11 mmm ddd", "REVSH", V6M, static (ref f) => Unary(ref f, &BitFields.RevSh)),
        .. Thumb16Memory.Rows,
        .. Thumb16Control.Rows,
    ];

    private static void Shift(ref Fields f, byte type)
    {
        f.D(f.Number('d'));
        f.M(f.Number('m'));
        f.WritesFlags();
        if (type == DataProcessing.Lsl && f['i'] == 0)
        {
            // MOVS Rd, Rm; inside an IT block this encoding is unpredictable (A7.7.77) and taken as a move.
            f.Code(Alu.Mov.RegFlags, Alu.Mov.Reg, CostClass.Alu);
            return;
        }
        f.ImmediateShift(type, f['i']);
        int amount = f.Op->Ra;
        var keeping = Alu.Mov.ShiftedBy(type, amount);
        if (type == DataProcessing.Lsl) f.Code(&DataProcessing.MoveLeft, keeping, CostClass.Alu);
        else if (type == DataProcessing.Lsr && amount < 32) f.Code(&DataProcessing.MoveRight, keeping, CostClass.Alu);
        else f.Code(Alu.Mov.ShiftedFlags, keeping, CostClass.Alu);
    }

    private static void Reg(ref Fields f, AluRow row, int d, int n, int m)
    {
        f.D(d);
        f.N(n);
        f.M(m);
        f.WritesFlags();
        f.Code(row.RegFlags, row.Reg, CostClass.Alu);
    }

    private static void TwoOperand(ref Fields f, AluRow row) => Reg(ref f, row, f.Number('d'), f.Number('d'), f.Number('m'));

    private static void Imm(ref Fields f, AluRow row, int d, int n, uint value)
    {
        f.D(d);
        f.N(n);
        f.WritesFlags();
        f.Op->Imm = value;
        f.Code(row.ImmFlags, row.Imm, CostClass.Alu);
    }

    private static void CompareImm(ref Fields f)
    {
        f.D(Sink);
        f.N(f.Number('n'));
        f.WritesFlags();
        f.Op->Imm = f['i'];
        f.Code(Alu.Sub.ImmFlags, CostClass.Alu);
    }

    private static void Compare(ref Fields f, AluRow row)
    {
        f.D(Sink);
        f.N(f.Number('n'));
        f.M(f.Number('m'));
        f.WritesFlags();
        f.Code(row.RegFlags, CostClass.Alu);
    }

    private static void ShiftRegister(ref Fields f, byte type)
    {
        f.D(f.Number('d'));
        f.N(f.Number('d'));
        f.M(f.Number('m'));
        f.WritesFlags();
        f.Op->Aux = type;
        f.Code(&DataProcessing.ShiftByRegister<FlagModes.Set>, &DataProcessing.ShiftByRegister<FlagModes.Keep>, CostClass.Alu);
    }

    private static void Mul(ref Fields f)
    {
        f.D(f.Number('d'));
        f.N(f.Number('d'));
        f.M(f.Number('m'));
        f.WritesFlags();
        f.Code(&Multiply.MulFlags, &Multiply.Mul, CostClass.Multiply);
    }

    private static void Unary(ref Fields f, delegate*<Core, Op*, void> run)
    {
        f.D(f.Number('d'));
        f.M(f.Number('m'));
        f.Code(run, CostClass.Alu);
    }

    private static void Constant(ref Fields f, int d, uint value)
    {
        f.D(d);
        f.Op->Imm = value;
        f.Code(Alu.Mov.Imm, CostClass.Alu);
    }

    // SP plus or minus a constant; no flags.
    private static void Plain(ref Fields f, AluRow row, int d, uint value)
    {
        f.D(d);
        f.N(13);
        f.Op->Imm = value;
        f.Code(row.Imm, CostClass.Alu);
    }

    private static void AddHigh(ref Fields f)
    {
        int d = f.Number('d'), m = f.Number('m');
        if (f.Unpredictable(d == 15 && m == 15)) return;
        if (d == 15)
        {
            f.M(m);
            f.Op->Imm = f.Pc;
            f.Code(&DataProcessing.AddToPc, CostClass.BranchIndirect);
            return;
        }
        var row = d == 13 ? Alu.AddSp : Alu.Add;
        f.D(d);
        f.N(d);
        f.Op->Imm = f.Pc;
        if (m != 15) f.M(m);
        f.Code(m == 15 ? row.Imm : row.Reg, CostClass.Alu);
    }

    private static void MoveHigh(ref Fields f)
    {
        int d = f.Number('d'), m = f.Number('m');
        if (d == 15 && m == 15)
        {
            f.Op->Imm = f.Pc;
            f.Code(&BranchControl.Branch, CostClass.Branch);
        }
        else if (d == 15)
        {
            f.M(m);
            f.Code(&DataProcessing.AddToPc, CostClass.BranchIndirect);
        }
        else if (m == 15) Constant(ref f, d, d == 13 ? f.Pc & ~3u : f.Pc);
        else
        {
            f.D(d);
            f.M(m);
            f.Code(d == 13 ? Alu.MovSp.Reg : Alu.Mov.Reg, CostClass.Alu);
        }
    }
}
