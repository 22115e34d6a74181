using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>Data watchpoint and trace unit, the part that counts cycles (DDI 0403E, C1.8.3; LAR: DDI 0489F, 12.3).</summary>
[StructLayout(LayoutKind.Explicit)]
public struct DwtRegisters
{
    [FieldOffset(0x000)] public volatile uint CTRL;
    [FieldOffset(0x004)] public volatile uint CYCCNT;
    [FieldOffset(0xFB0)] public volatile uint LAR;
}
