using System;

namespace SharpProbe.Gdb;

/// <summary>Features in gdb's qSupported that change what it is told.</summary>
[Flags]
public enum PeerFeatures : byte
{
    None = 0,
    SoftwareBreak = 1,      // swbreak+
    HardwareBreak = 2,      // hwbreak+
}
