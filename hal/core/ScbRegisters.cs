using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>System control block (DDI 0403E, B3.2.2; caches: DDI 0489F, 4.6).</summary>
[StructLayout(LayoutKind.Explicit)]
public struct ScbRegisters
{
    [FieldOffset(0x000)] public volatile uint CPUID;
    [FieldOffset(0x004)] public volatile uint ICSR;
    [FieldOffset(0x008)] public volatile uint VTOR;
    [FieldOffset(0x00C)] public volatile uint AIRCR;
    [FieldOffset(0x010)] public volatile uint SCR;
    [FieldOffset(0x014)] public volatile uint CCR;
    [FieldOffset(0x018)] public volatile uint SHPR1;
    [FieldOffset(0x01C)] public volatile uint SHPR2;
    [FieldOffset(0x020)] public volatile uint SHPR3;
    [FieldOffset(0x024)] public volatile uint SHCSR;
    [FieldOffset(0x028)] public volatile uint CFSR;
    [FieldOffset(0x02C)] public volatile uint HFSR;
    [FieldOffset(0x034)] public volatile uint MMFAR;
    [FieldOffset(0x038)] public volatile uint BFAR;
    [FieldOffset(0x080)] public volatile uint CCSIDR;
    [FieldOffset(0x084)] public volatile uint CSSELR;
    [FieldOffset(0x088)] public volatile uint CPACR;
    [FieldOffset(0x250)] public volatile uint ICIALLU;
    [FieldOffset(0x260)] public volatile uint DCISW;
    [FieldOffset(0x274)] public volatile uint DCCISW;
}
