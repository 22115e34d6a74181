namespace SharpProbe.Sim.Cpu;

/// <summary>One decoded instruction. What the operand fields hold is up to the executing method; the rest is for the run loop and the cycle cost model.</summary>
internal unsafe struct Op
{
    /// <summary>Executes outside an IT block.</summary>
    public delegate*<Core, Op*, void> Run;
    /// <summary>Executes inside an IT block, the condition having passed: 16-bit data processing then leaves the flags.</summary>
    public delegate*<Core, Op*, void> RunInIt;
    public uint Imm;
    public byte Rd, Rn, Rm, Ra;
    /// <summary>Bytes: 2 or 4; 0 while not decoded.</summary>
    public byte Size;
    /// <summary>Branches: two-bit counter of the predictor. Others: free for the executing method.</summary>
    public byte Aux;
    /// <summary>Registers read in the execute stages; bit 15 stands for the flags.</summary>
    public ushort Reads;
    /// <summary>Registers that form an address, needed earlier.</summary>
    public ushort AddressReads;
    /// <summary>Registers written; bit 15 stands for the flags.</summary>
    public ushort Writes;
    /// <summary>Row of the cycle cost table.</summary>
    public CostClass Cost;
    /// <summary>Registers moved by a multiple transfer, else 0.</summary>
    public byte Count;
    /// <summary>Indirect branches: where the last one went.</summary>
    public uint Target;
    /// <summary>Issue slots of the Cortex-M7 that this instruction needs and blocks (<see cref="M7Pipeline"/>).</summary>
    public byte Needs, Blocks;
}
