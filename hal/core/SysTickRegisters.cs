using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>SysTick (DDI 0403E, B3.3.2).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SysTickRegisters
{
    public volatile uint CSR;
    public volatile uint RVR;
    public volatile uint CVR;
    public volatile uint CALIB;
}
