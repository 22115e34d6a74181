using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>Nested vectored interrupt controller (DDI 0403E, B3.4.3): set and clear enable, one bit an interrupt.</summary>
[StructLayout(LayoutKind.Explicit)]
public unsafe struct NvicRegisters
{
    [FieldOffset(0x000)] public fixed uint ISER[8];
    [FieldOffset(0x080)] public fixed uint ICER[8];
    [FieldOffset(0x300)] public fixed byte IPR[240];
}
