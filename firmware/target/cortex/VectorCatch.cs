using System;

namespace SharpProbe.Target.Cortex;

/// <summary>Names of the exceptions that can stop the core, and their bits in DEMCR.</summary>
static class VectorCatch
{
    /// <summary>What is caught until the user says otherwise.</summary>
    public const uint Default = Demcr.VC_HARDERR | Demcr.VC_CORERESET;

    /// <summary>Name of the n-th; empty after the last.</summary>
    public static ReadOnlySpan<byte> Name(int index) => index switch
    {
        0 => "hard"u8,
        1 => "int"u8,
        2 => "bus"u8,
        3 => "stat"u8,
        4 => "chk"u8,
        5 => "nocp"u8,
        6 => "mm"u8,
        7 => "reset"u8,
        _ => default,
    };

    public static uint Bit(int index) => index switch
    {
        0 => Demcr.VC_HARDERR,
        1 => Demcr.VC_INTERR,
        2 => Demcr.VC_BUSERR,
        3 => Demcr.VC_STATERR,
        4 => Demcr.VC_CHKERR,
        5 => Demcr.VC_NOCPERR,
        6 => Demcr.VC_MMERR,
        _ => Demcr.VC_CORERESET,
    };

    /// <summary>False: no such name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out uint bit)
    {
        for (int i = 0; !Name(i).IsEmpty; i++)
        {
            bit = Bit(i);
            if (Name(i).SequenceEqual(name)) return true;
        }
        bit = 0;
        return false;
    }
}
