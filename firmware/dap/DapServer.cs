using System;

namespace SharpProbe.Dap;

/// <summary>Who answers the packets of a CMSIS-DAP host, whatever brings them.</summary>
public abstract class DapServer
{
    /// <summary>Runs a request; returns the bytes of its response, 0 where it has none.</summary>
    public abstract int Answer(ReadOnlySpan<byte> request, Span<byte> response);
}
