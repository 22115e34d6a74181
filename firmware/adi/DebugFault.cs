using System;
using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>
/// The result of an operation on the wire or the target: nothing, or a reason with what it is about. One word, so that it comes back in a register from the hundreds of calls that pass it on; what
/// belongs to a reason is kept beside for the last <see cref="FaultPlaces.Count"/> of them.
/// </summary>
public readonly struct DebugFault
{
    private readonly uint _packed;                          // kind, and above it the number of its place

    /// <param name="kind">Why.</param>
    /// <param name="address">Where, if the kind says so.</param>
    /// <param name="detail">A number whose meaning the kind gives.</param>
    public DebugFault(FaultKind kind, uint address, uint detail = 0) => _packed = (uint)kind | FaultPlaces.Keep(address, detail) << 8;

    /// <param name="kind">Why.</param>
    public DebugFault(FaultKind kind) => _packed = (uint)kind;

    public FaultKind Kind => (FaultKind)(byte)_packed;
    public uint Address => FaultPlaces.Address(_packed >> 8);
    public uint Detail => FaultPlaces.Detail(_packed >> 8);

    public static DebugFault None => default;

    /// <summary>True: it worked.</summary>
    public bool Ok => _packed == 0;

    /// <summary>True: the operation failed.</summary>
    public bool Failed => _packed != 0;

    public static implicit operator DebugFault(FaultKind kind) => new(kind);

    /// <summary>A sentence without full stop: "bus error at 0x40000000".</summary>
    public void Describe(ref ByteWriter text) => FaultText.Write(ref text, this);
}
