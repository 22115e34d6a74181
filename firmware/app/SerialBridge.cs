using System;
using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.App;

/// <summary>
/// Joins a USB port to a serial line: what comes from one goes to the other. What the line has no room for stays in the port, whose host is held back. Speed, format and break follow the
/// port in their place among the bytes: what was written before still leaves the old way.
/// </summary>
public sealed class SerialBridge(CdcPort port, SerialLine line, Clock time)
{
    /// <summary>Blocks a round, so that nobody else starves.</summary>
    private const int Blocks = 8;

    private const ushort ForEver = 0xFFFF;

    private readonly byte[] _block = new byte[512];
    private uint _coding, _break, _breakStart;
    private ushort _breakLength;                                   // ms; 0: there is no break

    public void Poll()
    {
        if (_breakLength != 0 && BreakIsOver) Break(0);
        for (int i = 0; i < Blocks && ToLine(); i++) { }
        for (int i = 0; i < Blocks && ToPort(); i++) { }
    }

    private bool Asked => port.CodingVersion != _coding || port.BreakVersion != _break;

    private bool BreakIsOver => !port.Connected || _breakLength != ForEver && time.Milliseconds - _breakStart >= _breakLength;

    private bool ToLine()
    {
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
