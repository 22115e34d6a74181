using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>Memory protection unit, PMSAv7 (DDI 0403E, B3.5.4).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct MpuRegisters
{
    public volatile uint TYPE;
    public volatile uint CTRL;
    public volatile uint RNR;
    public volatile uint RBAR;
    public volatile uint RASR;
}
