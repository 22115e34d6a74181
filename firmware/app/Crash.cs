using System;

namespace SharpProbe.App;

/// <summary>A crash as the hardware reported it. Registers: DDI 0403E, B3.2.15 to B3.2.19.</summary>
public ref struct Crash
{
    public CrashKind Kind;
    /// <summary>Where it happened; 0 when not known.</summary>
    public uint Pc;
    public uint Cfsr, Hfsr, Mmfar, Bfar;
    /// <summary>Return addresses, innermost first.</summary>
    public ReadOnlySpan<uint> Returns;
    public ReadOnlySpan<byte> Message;
}
