namespace SharpProbe.Sim.Cpu;

/// <summary>A coprocessor beside the FPU: what MRC and MCRR do (Armv8-M manual, MRC and MCRR). False: it does not answer, and the core waits at the instruction.</summary>
public interface ICoprocessor
{
    /// <summary>0 to 7; its rights are in CPACR.</summary>
    int Number { get; }

    bool TryRead(int opc1, int crn, int crm, int opc2, out uint value);

    bool TryWrite(int opc1, int crm, uint first, uint second);
}
