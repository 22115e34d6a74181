using System.Numerics;
using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The fields of one instruction and the operation being built from them.</summary>
internal unsafe ref struct Fields
{
    private readonly Span<uint> _values;

    public Fields(Core core, uint address, Op* op, Span<uint> values)
    {
        Core = core;
        Address = address;
        Op = op;
        _values = values;
    }

    public Core Core { get; }
    public uint Address { get; }
    public Op* Op { get; }

    /// <summary>Value of PC as an operand: the instruction's address plus 4.</summary>
    public readonly uint Pc => Address + 4;
    public readonly uint AlignedPc => Pc & ~3u;

    public readonly uint this[char letter] => _values[letter - 'a'];
    public readonly int Number(char letter) => (int)_values[letter - 'a'];

    public readonly void Code(delegate*<Core, Op*, void> run, CostClass cost) => Code(run, run, cost);

    public readonly void Code(delegate*<Core, Op*, void> run, delegate*<Core, Op*, void> runInIt, CostClass cost)
    {
        Op->Run = run;
        Op->RunInIt = runInIt;
        Op->Cost = cost;
    }

    public readonly void Undefined() => Code(&SystemInstructions.Undefined, CostClass.Nop);

    /// <summary>
    /// An encoding that the manual calls UNPREDICTABLE. The rule of this bench: it executes as UNDEFINED, so that firmware that contains one stops in its fault
    /// handler and not somewhere later. The exceptions, which run as described because nothing is gained by refusing them:
    /// <list type="table">
    /// <item><term>MOVS Rd, Rm in an IT block</term><description>a move without flags</description></item>
    /// <item><term>branch in the middle of an IT block</term><description>taken; ITSTATE goes on counting at the target</description></item>
    /// <item><term>"should be" bits that are not as they should</term><description>not matched by any row, hence UNDEFINED, too</description></item>
    /// <item><term>BLX, BX to an even address</term><description>INVSTATE at the target, as the manual says</description></item>
    /// <item><term>STREX to another address than LDREX's</term><description>fails (returns 1)</description></item>
    /// <item><term>MSR to a read-only or absent bit</term><description>the bit is ignored</description></item>
    /// </list>
    /// </summary>
    public readonly bool Unpredictable(bool condition)
    {
        if (condition) Undefined();
        return condition;
    }

    /// <summary>Destination register; 16 is the sink of comparisons.</summary>
    public readonly void D(int register)
    {
        Op->Rd = (byte)register;
        if (register < 15) Op->Writes |= (ushort)(1 << register);
    }

    public readonly void N(int register) { Op->Rn = (byte)register; Reads(register); }
    public readonly void M(int register) { Op->Rm = (byte)register; Reads(register); }
    public readonly void A(int register) { Op->Ra = (byte)register; Reads(register); }

    /// <summary>Second destination (long multiply, LDRD).</summary>
    public readonly void A2(int register)
    {
        Op->Ra = (byte)register;
        Op->Writes |= (ushort)(1 << register);
    }

    /// <summary>Base register of an address.</summary>
    public readonly void Base(int register)
    {
        Op->Rn = (byte)register;
        if (register < 15) Op->AddressReads |= (ushort)(1 << register);
    }

    /// <summary>Index register of an address.</summary>
    public readonly void IndexRegister(int register)
    {
        Op->Rm = (byte)register;
        if (register < 15) Op->AddressReads |= (ushort)(1 << register);
    }

    /// <summary>The base register changes too.</summary>
    public readonly void WriteBack(int register) => Op->Writes |= (ushort)(1 << register);

    public readonly void Reads(int register)
    {
        if (register < 15) Op->Reads |= (ushort)(1 << register);
    }

    public readonly void ReadsFlags() => Op->Reads |= 0x8000;
    public readonly void WritesFlags() => Op->Writes |= 0x8000;

    public readonly void List(uint list, bool load)
    {
        Op->Imm = list;
        Op->Count = (byte)BitOperations.PopCount(list);
        if (load) Op->Writes |= (ushort)(list & 0x7FFF);
        else Op->Reads |= (ushort)(list & 0x7FFF);
    }

    /// <summary>Sign extension of a field of some bits.</summary>
    public static uint Signed(uint value, int bits) => (uint)((int)(value << 32 - bits) >> 32 - bits);

    /// <summary>Shift type and amount of an immediate shift: 0 means 32 for LSR and ASR, RRX for ROR (DecodeImmShift(), A7.4.2).</summary>
    public readonly void ImmediateShift(uint type, uint amount)
    {
        Op->Aux = (byte)type;
        Op->Ra = (byte)amount;
        if (amount != 0) return;
        if (type is DataProcessing.Lsr or DataProcessing.Asr) Op->Ra = 32;
        if (type == DataProcessing.Ror) (Op->Aux, Op->Ra) = (DataProcessing.Rrx, 1);
    }

    /// <summary>ThumbExpandImm_C() (A5.3.2). False: unpredictable (a zero byte in a replicated form).</summary>
    public readonly bool ModifiedImmediate(uint imm12)
    {
        uint low = imm12 & 0xFF;
        if (imm12 >> 10 == 0)
        {
            Op->Aux = DataProcessing.CarryKept;
            Op->Imm = (imm12 >> 8) switch { 0 => low, 1 => low | low << 16, 2 => low << 8 | low << 24, _ => low * 0x0101_0101 };
            return imm12 >> 8 == 0 || low != 0;
        }
        Op->Imm = BitOperations.RotateRight(0x80 | imm12 & 0x7F, (int)(imm12 >> 7));
        Op->Aux = (int)Op->Imm < 0 ? DataProcessing.CarrySet : DataProcessing.CarryClear;
        return true;
    }
}
