using System;
using SharpProbe.Dap;
using SharpProbe.Io;
using SharpProbe.Rtt;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.App;

/// <summary>
/// Joins a USB port to a serial line: what comes from one goes to the other. What the line has no room for stays in the port, whose host is held back. Speed, format and break follow the
/// port in their place among the bytes: what was written before still leaves the old way.
/// </summary>
/// <param name="dap">While a CMSIS-DAP host has the line, what is written to the port waits there.</param>
public sealed class SerialBridge(CdcPort port, SerialLine line, Clock time, DapUart? dap = null)
{
    /// <summary>Blocks a round, so that nobody else starves.</summary>
    private const int Blocks = 16;

    private const ushort ForEver = 0xFFFF;

    private readonly byte[] _block = new byte[256];
    private uint _coding, _break, _breakStart;
    private ushort _breakLength;                                   // ms; 0: there is no break
    private bool _lent, _heldAtStart;

    public void Poll()
    {
        if (dap is { Taken: true })
        {
            Lend(dap);
            return;
        }
        if (_lent && !TakeBack()) return;
        if (_breakLength != 0 && BreakIsOver) Break(0);
        for (int i = 0; i < Blocks && ToLine(); i++) { }
        for (int i = 0; i < Blocks && ToPort(); i++) { }
    }

    /// <summary>Somebody wants the port back who opens it, or writes to it.</summary>
    private void Lend(DapUart to)
    {
        if (!_lent) (_lent, _breakLength, _heldAtStart) = (true, 0, port.Connected);
        if (!port.Connected) _heldAtStart = false;
        to.Wanted = port.Connected && (!_heldAtStart || port.Available != 0);
    }

    /// <summary>False: what the CMSIS-DAP host has sent is still on its way.</summary>
    private bool TakeBack()
    {
        if (!line.Idle) return false;
        while (line.Read(_block) != 0) { }
        line.TakeErrors();
        line.TrySet(port.Coding);
        (_lent, _break) = (false, port.BreakVersion);
        if (port.BeforeRequest == 0) _coding = port.CodingVersion;
        return true;
    }

    /// <summary>May take what is written to the port.</summary>
    public RttLink? Rtt { get; set; }

    private bool Asked => port.CodingVersion != _coding || port.BreakVersion != _break;

    private bool BreakIsOver => !port.Connected || _breakLength != ForEver && time.Milliseconds - _breakStart >= _breakLength;

    private bool ToLine()
    {
        if (Rtt is { TakesInput: true } || !Asked && !port.Pending) return false;
        int most = _block.Length;
        if (Asked)
        {
            most = port.BeforeRequest;
            if (_breakLength != 0 || most == 0 && line.Idle)
            {
                Obey();
                return false;
            }
            if (most == 0) return false;
        }
        if (_breakLength != 0) return false;
        int room = Math.Min(Math.Min(line.Room, most), _block.Length);
        if (room == 0) return false;
        int count = port.Read(_block.AsSpan(0, room));
        line.Write(_block.AsSpan(0, count));
        return count != 0;
    }

    private bool ToPort()
    {
        if (line.Available == 0) return false;
        // With nobody at the far end the bytes are read all the same, or the next session would begin with old ones.
        int room = port.Connected ? Math.Min(port.Room, _block.Length) : _block.Length;
        if (room == 0) return false;
        int count = line.Read(_block.AsSpan(0, room));
        port.Write(_block.AsSpan(0, count));
        return count != 0;
    }

    private void Obey()
    {
        if (port.CodingVersion != _coding)
        {
            _coding = port.CodingVersion;
            line.TrySet(port.Coding);
        }
        if (port.BreakVersion == _break) return;
        _break = port.BreakVersion;
        Break(port.BreakAsked);
    }

    private void Break(ushort milliseconds)
    {
        line.SetBreak(milliseconds != 0);
        (_breakLength, _breakStart) = (milliseconds, time.Milliseconds);
    }
}
