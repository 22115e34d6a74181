using System;

namespace SharpProbe.App;

/// <summary>The bits of CFSR in words (DDI 0403E, B3.2.15): MemManage in bits 0 to 7, BusFault in 8 to 15, UsageFault in 16 to 31.</summary>
public static class FaultStatus
{
    /// <summary>Set when MMFAR holds the address.</summary>
    public const uint MmarValid = 1u << 7;
    /// <summary>Set when BFAR holds the address.</summary>
    public const uint BfarValid = 1u << 15;

    /// <summary>Meaning of a bit; empty for those that are none.</summary>
    public static ReadOnlySpan<byte> Describe(int bit) => bit switch
    {
        0 => "no execution allowed"u8,
        1 => "no access allowed"u8,
        3 => "unstacking"u8,
        4 => "stacking: the stack is full"u8,
        5 => "lazy FP stacking"u8,
        8 => "instruction fetch"u8,
        9 => "precise access"u8,
        10 => "imprecise write"u8,
        11 => "unstacking"u8,
        12 => "stacking"u8,
        13 => "lazy FP stacking"u8,
        16 => "undefined instruction"u8,
        17 => "not in Thumb state"u8,
        18 => "bad exception return"u8,
        19 => "no coprocessor"u8,
        24 => "unaligned access"u8,
        25 => "division by zero"u8,
        _ => default,
    };
}
