using System.Runtime;
using SharpProbe.Intrinsics;

namespace SharpProbe.IntrinsicSites;

/// <summary>One call site an intrinsic, under a symbol of its own: the test reads each in the disassembly.</summary>
static class IntrinsicSites
{
    [RuntimeExport("Reset_Handler")] static void Reset() { }

    [RuntimeExport("Fault_Handler")] static void Fault() { }

    [RuntimeExport("FailFast")] static void FailFast(string message) { }

    [RuntimeExport("site_dsb")] static void Dsb() => Cpu.Dsb();

    [RuntimeExport("site_dmb")] static void Dmb() => Cpu.Dmb();

    [RuntimeExport("site_isb")] static void Isb() => Cpu.Isb();

    [RuntimeExport("site_wfi")] static void Wfi() => Cpu.Wfi();

    [RuntimeExport("site_wfe")] static void Wfe() => Cpu.Wfe();

    [RuntimeExport("site_cpsid")] static void Cpsid() => Cpu.DisableInterrupts();

    [RuntimeExport("site_cpsie")] static void Cpsie() => Cpu.EnableInterrupts();

    [RuntimeExport("site_cpsid_f")] static void CpsidF() => Cpu.DisableFaults();

    [RuntimeExport("site_cpsie_f")] static void CpsieF() => Cpu.EnableFaults();

    [RuntimeExport("site_start")] static void Start(uint stack, uint reset) => Cpu.StartProgram(stack, reset);

    [RuntimeExport("site_mrs_primask")] static uint MrsPrimask() => Cpu.GetPrimask();

    [RuntimeExport("site_msr_primask")] static void MsrPrimask(uint value) => Cpu.SetPrimask(value);

    [RuntimeExport("site_mrs_basepri")] static uint MrsBasepri() => Cpu.GetBasepri();

    [RuntimeExport("site_msr_basepri")] static void MsrBasepri(uint value) => Cpu.SetBasepri(value);

    [RuntimeExport("site_mrs_msp")] static uint MrsMsp() => Cpu.GetMsp();

    [RuntimeExport("site_msr_msp")] static void MsrMsp(uint value) => Cpu.SetMsp(value);

    [RuntimeExport("site_mrs_control")] static uint MrsControl() => Cpu.GetControl();

    [RuntimeExport("site_msr_control")] static void MsrControl(uint value) => Cpu.SetControl(value);

    [RuntimeExport("site_bkpt")] static void Bkpt() => Cpu.Bkpt();

    [RuntimeExport("site_rbit")] static uint Rbit(uint value) => Cpu.Rbit(value);

    [RuntimeExport("site_rev")] static uint Rev(uint value) => Cpu.Rev(value);

    [RuntimeExport("site_clz")] static uint Clz(uint value) => Cpu.Clz(value);

    [RuntimeExport("site_sdiv")] static int Sdiv(int value, int divisor) => value / divisor;

    [RuntimeExport("site_udiv")] static uint Udiv(uint value, uint divisor) => value / divisor;

    [RuntimeExport("site_smod")] static int Smod(int value, int divisor) => value % divisor;

    [RuntimeExport("site_umod")] static uint Umod(uint value, uint divisor) => value % divisor;

    /// <summary>In the middle of arithmetic, not as the method's last act.</summary>
    [RuntimeExport("site_middle")] static uint Middle(uint value) => Cpu.Clz(value) * 3 + Cpu.Rbit(value + 1);

    /// <summary>A volatile access is a load and a store: the code generator's barriers are taken out.</summary>
    [RuntimeExport("site_volatile")] static unsafe void Volatile(uint* register) => System.Threading.Volatile.Write(ref *register, System.Threading.Volatile.Read(ref *register) + 1);
}
