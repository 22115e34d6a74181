namespace SharpProbe.Sim.Cpu;

public sealed unsafe partial class Core
{
    /// <summary>FPSCR for the instruction that runs, after the checks that every floating-point instruction begins with (ExecuteFPCheck, DDI0403 A2.5.5).</summary>
    internal ref uint FloatStatus
    {
        get
        {
            if (!_floatReady) PrepareFloatingPoint();
            return ref _fpscr;
        }
    }

    /// <summary>Null: there is none.</summary>
    public ICoprocessor? Coprocessor { get; set; }

    /// <summary>For an instruction of its: faults while CPACR does not grant it.</summary>
    internal ICoprocessor ReadyCoprocessor => Coprocessor is { } one && Fpu.Grants(one.Number, Privileged) ? one : throw new CoreFault(FaultKind.NoCoprocessor, 0);
}
