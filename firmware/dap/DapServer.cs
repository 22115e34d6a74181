using System;

namespace SharpProbe.Dap;

/// <summary>Who answers the packets of a CMSIS-DAP host, whatever brings them.</summary>
public abstract class DapServer
{
    /// <summary>True: the request ended the one that runs, and has no response (DAP_TransferAbort). Called in the USB interrupt, ahead of all that wait.</summary>
    public virtual bool TryAbort(ReadOnlySpan<byte> request) => false;

    /// <summary>Requests that the transport can hold; the transport says so when a host has come.</summary>
    public int PacketCount { get; set; } = 1;

    /// <summary>Called before each request is answered, interrupts off.</summary>
    /// <param name="aborted">An abort came when the request was waiting already.</param>
    public virtual void Begin(bool aborted) { }

    /// <summary>Runs a request; returns the bytes of its response, 0 where it has none.</summary>
    /// <param name="response">A whole packet.</param>
    public abstract int Answer(ReadOnlySpan<byte> request, Span<byte> response);

    /// <summary>Whether a request has to wait for one that does not.</summary>
    public virtual bool Waits(ReadOnlySpan<byte> request) => false;

    /// <summary>Nobody waits for the request at work: it may end early. Called from interrupts.</summary>
    public virtual void Abort() { }

    /// <summary>The host has gone, or begins anew.</summary>
    public virtual void End() { }

    /// <summary>Now and then, while there is no request.</summary>
    public virtual void Rest() { }
}
