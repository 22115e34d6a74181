using System;

namespace SharpProbe.Trace;

/// <summary>The probe's receiver of TRACESWO: bytes run round a ring, whether anybody reads them or not.</summary>
public abstract class SwoLine
{
    /// <summary>The rate in bits a second that comes nearest; 0: none is near enough.</summary>
    public abstract uint Nearest(uint baud);

    /// <summary>Receives from now on, at a rate for which <see cref="Nearest"/> is not 0.</summary>
    public abstract void Start(uint baud);

    /// <summary>Receives no more. What is in the ring stays.</summary>
    public abstract void Stop();

    /// <summary>Bytes received since the board's start; wraps.</summary>
    public abstract uint Received { get; }

    /// <summary>Byte n lies at n modulo its length, a power of two.</summary>
    public abstract ReadOnlySpan<byte> Ring { get; }

    /// <summary>Bits a second as they were found on the line; 0: not known, or not measured.</summary>
    public virtual uint Measured => 0;

    /// <summary>Whether a byte was damaged or missed since this was asked last.</summary>
    public abstract bool TakeError();
}
