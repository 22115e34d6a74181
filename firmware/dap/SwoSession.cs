using System;
using SharpProbe.Trace;
using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>The trace as one CMSIS-DAP host has set it (CMSIS-DAP 2.1, "SWO Commands"). The trace is the host's own from its start to its stop; what is left may still be fetched until somebody else starts.</summary>
/// <param name="user">As what it holds the trace.</param>
/// <param name="mayStream">An endpoint of its own can take the bytes.</param>
public sealed class SwoSession(TraceCapture capture, WireUser user, bool mayStream)
{
    private const int ByCommand = 1, ByEndpoint = 2, Uart = 1, Manchester = 2;
    private const int ActiveFlag = 1, StreamError = 0x40, Overrun = 0x80;

    private int _transport, _mode;
    private uint _baud, _lost, _errors;

    public bool MayStream => mayStream;

    public bool MayManchester => capture.MayManchester;

    public int BufferSize => capture.Size;

    private bool IsOurs => capture.Holder == user;

    private bool Active => IsOurs && capture.Active;

    /// <summary>Bytes that wait to be fetched.</summary>
    internal int Count => IsOurs ? capture.Waiting : 0;

    /// <summary>Bytes received since the start.</summary>
    internal uint Index => IsOurs ? capture.Received : 0;

    /// <summary>0 none, 1 by DAP_SWO_Data, 2 by the endpoint. Not while the trace runs.</summary>
    internal bool TrySetTransport(int transport)
    {
        if (Active || transport > (mayStream ? ByEndpoint : ByCommand)) return false;
        _transport = transport;
        return true;
    }

    /// <summary>0 off, 1 UART, 2 Manchester. Ends the trace that runs; one that is not possible leaves it off.</summary>
    internal bool TrySetMode(int mode)
    {
        capture.Stop(user);
        bool possible = mode <= (MayManchester ? Manchester : Uart);
        _mode = possible ? mode : 0;
        return possible;
    }

    /// <summary>Returns what the receiver makes of it; 0: impossible, and the rate stays. A trace that runs begins anew.</summary>
    internal uint SetBaud(uint baud)
    {
        uint actual = capture.Nearest(baud, _mode == Manchester);
        if (actual == 0) return 0;
        _baud = baud;
        return Active && !Start() ? 0 : actual;
    }

    internal bool Control(bool on)
    {
        if (on) return Active || (_mode == Manchester || _mode == Uart && _baud != 0) && Start();
        capture.Stop(user);
        return true;
    }

    /// <summary>The status byte. Errors are told once.</summary>
    internal int TakeStatus()
    {
        if (!IsOurs) return 0;
        bool overrun = capture.Overrun || capture.Lost != _lost;
        _ = capture.Waiting;                                       // drops what is overwritten: it has been told
        int flags = (capture.Active ? ActiveFlag : 0) | (capture.LineErrors != _errors ? StreamError : 0) | (overrun ? Overrun : 0);
        (_errors, _lost) = (capture.LineErrors, capture.Lost);
        return flags;
    }

    /// <summary>For DAP_SWO_Data; nothing where the endpoint takes the bytes.</summary>
    internal int Read(Span<byte> to) => IsOurs && _transport == ByCommand ? capture.Read(to) : 0;

    internal void LeaveIfWanted()
    {
        if (IsOurs && capture.Wanted && !capture.Streaming) End();
    }

    /// <summary>The host has gone.</summary>
    internal void End()
    {
        capture.Release(user);
        _transport = _mode = 0;
    }

    private bool Start()
    {
        (_errors, _lost) = (0, 0);
        return capture.TryStart(user, _mode == Manchester ? 0 : _baud, _transport == ByEndpoint, _mode == Manchester);
    }
}
