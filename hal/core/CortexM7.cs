namespace SharpProbe.Hal;

/// <summary>The core's own peripherals, as typed pointers to their registers.</summary>
public static unsafe class CortexM7
{
    public static ScbRegisters* SCB => (ScbRegisters*)0xE000ED00;
    public static SysTickRegisters* STK => (SysTickRegisters*)0xE000E010;
    public static MpuRegisters* MPU => (MpuRegisters*)0xE000ED90;
    public static DwtRegisters* DWT => (DwtRegisters*)0xE0001000;

    /// <summary>Debug exception and monitor control (DDI 0403E, C1.6.5).</summary>
    public static ref uint DEMCR => ref *(uint*)0xE000EDFC;
}
