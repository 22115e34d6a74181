namespace SharpProbe.Conformance.Model;

/// <summary>
/// The UART of a model probe, whose transmitter is joined to its receiver: what is sent has come back at once. Sends <see cref="SendBuffer"/> bytes at a time, keeps <see cref="ReceiveBuffer"/>; what comes beyond is lost;
/// the byte <see cref="Damaged"/> comes with a parity error.
/// </summary>
sealed class ModelUart
{
    public const int SendBuffer = 50, ReceiveBuffer = 100, Damaged = 0xEE;
    public const uint SlowestBaud = 1000, FastestBaud = 1_000_000;

    private readonly List<byte> _came = [];
    private bool _taken, _configured, _receives, _sends;
    private int _errors;

    public bool Transport(int transport)
    {
        if (transport > 2) return false;
        if (transport == 2 && !_taken)
        {
            (_configured, _receives, _sends) = (false, false, false);
            _came.Clear();
        }
        _taken = transport == 2;
        return true;
    }

    /// <summary>Status and baud.</summary>
    public (int Bad, uint Baud) Configure(int control, uint baud)
    {
        if (!_taken) return (7, 0);
        int bad = 0;
        if ((control & 15) != 0 && (control & 15) != 7) bad += 1;
        if ((control >> 4 & 3) == 3) bad += 2;
        if (control >= 128) bad += 4;
        _configured = bad == 0 && baud is >= SlowestBaud and <= FastestBaud;
        return (bad, _configured ? baud : 0);
    }

    public bool Control(int control)
    {
        if (!_taken) return false;
        bool good = true;
        if ((control & 2) != 0) _receives = false;
        else if ((control & 1) != 0 && !_configured) good = false;
        else if ((control & 1) != 0)
        {
            _came.Clear();
            _errors = 0;
            _receives = true;
        }
        if ((control & 4) != 0) _came.Clear();
        if ((control & 32) != 0) _sends = false;
        else if ((control & 16) != 0 && !_configured) good = false;
        else if ((control & 16) != 0) _sends = true;
        return good;
    }

    public int Waiting => _taken ? _came.Count : 0;

    public int TakeStatus()
    {
        if (!_taken) return 0;
        int status = (_receives ? 1 + _errors : 0) + (_sends ? 16 : 0);
        if (_receives) _errors = 0;
        return status;
    }

    public int Send(byte[] bytes)
    {
        if (!_taken || !_sends) return 0;
        int count = Math.Min(bytes.Length, SendBuffer);
        foreach (byte b in bytes.Take(count))
        {
            if (b == Damaged) _errors |= 8;
            if (!_receives) continue;
            if (_came.Count < ReceiveBuffer) _came.Add(b);
            else _errors |= 2;
        }
        return count;
    }

    public byte[] Receive(int most)
    {
        if (!_taken) return [];
        byte[] bytes = [.. _came.Take(most)];
        _came.RemoveRange(0, bytes.Length);
        return bytes;
    }
}
