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
}
