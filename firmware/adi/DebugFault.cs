using SharpProbe.Io;

namespace SharpProbe.Adi;

/// <summary>The result of an operation on the wire or the target: nothing, or a reason with what it is about.</summary>
/// <param name="kind">Why.</param>
/// <param name="address">Where, if the kind says so.</param>
/// <param name="detail">A number whose meaning the kind gives.</param>
public readonly struct DebugFault(FaultKind kind, uint address = 0, uint detail = 0)
{
    public FaultKind Kind { get; } = kind;
    public uint Address { get; } = address;
    public uint Detail { get; } = detail;

    public static DebugFault None => default;

    /// <summary>True: it worked.</summary>
    public bool Ok => Kind == FaultKind.None;

    /// <summary>True: the operation failed.</summary>
    public bool Failed => Kind != FaultKind.None;

    public static implicit operator DebugFault(FaultKind kind) => new(kind);

    /// <summary>A sentence without full stop: "bus error at 0x40000000".</summary>
    public void Describe(ref ByteWriter text) => FaultText.Write(ref text, this);
}
