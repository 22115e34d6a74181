using System.Numerics;
using SharpProbe.Intrinsics;
using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Intrinsics
{
    internal static void Run()
    {
        Check(Cpu.Rbit(Opaque(1u)) == 0x8000_0000, "RBIT"u8);
        Check(Cpu.Rev(Opaque(0x12345678u)) == 0x78563412, "REV"u8);
        Check(Cpu.Clz(Opaque(0u)) == 32 && Cpu.Clz(Opaque(1u)) == 31, "CLZ"u8);
        Check(BitOperations.TrailingZeroCount(Opaque(8u)) == 3, "trailing zeros by RBIT and CLZ"u8);
        Cpu.DisableInterrupts();
        Check(Cpu.GetPrimask() == 1, "CPSID i sets PRIMASK"u8);
        Cpu.EnableInterrupts();
        Check(Cpu.GetPrimask() == 0, "CPSIE i clears PRIMASK"u8);
        Cpu.SetPrimask(1);
        Check(Cpu.GetPrimask() == 1, "MSR PRIMASK"u8);
        Cpu.SetPrimask(0);
        Cpu.SetBasepri(0x40);
        Check(Cpu.GetBasepri() == 0x40, "MSR and MRS BASEPRI"u8);
        Cpu.SetBasepri(0);
        Cpu.SetPsp(0x2000_1000);
        Check(Cpu.GetPsp() == 0x2000_1000, "MSR and MRS PSP"u8);
        Check((Cpu.GetMsp() & 3) == 0, "MRS MSP"u8);
        Check((Cpu.GetControl() & 2) == 0, "MRS CONTROL: the main stack"u8);
        Cpu.Dsb();
        Cpu.Dmb();
        Cpu.Isb();
        Cpu.Nop();
        Check(true, "barriers pass"u8);
    }
}
