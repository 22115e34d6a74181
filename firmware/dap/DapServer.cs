using System;

namespace SharpProbe.Dap;

/// <summary>Who answers the packets of a CMSIS-DAP host, whatever brings them.</summary>
public abstract class DapServer
{
    /// <summary>True: the request ended the one that runs, and has no response (DAP_TransferAbort). Called in the USB interrupt, ahead of all that wait.</summary>
    public virtual bool TryAbort(ReadOnlySpan<byte> request) => false;

    /// <summary>Runs a request; returns the bytes of its response, 0 where it has none.</summary>
    public abstract int Answer(ReadOnlySpan<byte> request, Span<byte> response);
}
