using System;
using SharpProbe.Io;
using SharpProbe.Usb.Cdc;
using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>
/// The target's UART in the hands of a CMSIS-DAP host (CMSIS-DAP 2.1, "UART COM Commands"). It belongs to a USB port; a host takes it away with DAP_UART_Transport and gives it back so, by DAP_Disconnect, or by
/// ending its session. Both transports share it, one at a time.
/// </summary>
public sealed class DapUart(SerialLine line)
{
    private const byte EnableReceive = 0x01, DisableReceive = 0x02, FlushReceive = 0x04, EnableTransmit = 0x10, DisableTransmit = 0x20, FlushTransmit = 0x40;
    private const int BadDataBits = 1, BadParity = 2, BadStopBits = 4;

    private WireUser _user;
    private bool _configured, _receives, _sends;
    private int _kept;                                       // bytes that had come when reception was disabled

    /// <summary>A CMSIS-DAP host has it.</summary>
    public bool Taken => _user != WireUser.Nobody;

    /// <summary>Somebody waits at the USB port; the port's bridge says so.</summary>
    public bool Wanted { get; set; }

    internal int ReceiveBuffer => line.ReceiveBuffer;

    internal int TransmitBuffer => line.TransmitBuffer;

    internal bool IsOf(WireUser user) => Taken && _user == user;

    /// <summary>What the port has not sent yet is dropped. False: the other transport has it.</summary>
    internal bool TryTake(WireUser user)
    {
        if (Taken) return _user == user;
        _user = user;
        (_configured, _receives, _sends, _kept, Wanted) = (false, false, false, 0, false);
        line.SetBreak(false);
        line.Discard();
        return true;
    }

    /// <summary>Gives it back to the USB port; what is queued still leaves. False: the other transport has it.</summary>
    internal bool Return(WireUser user)
    {
        if (Taken && _user != user) return false;
        _user = WireUser.Nobody;
        return true;
    }

    /// <param name="control">Data bits, parity, stop bits as in CMSIS-Driver.</param>
    /// <returns>What of it cannot be, or 0.</returns>
    internal int Configure(int control, uint baud, out uint actual)
    {
        actual = 0;
        int dataBits = control & 15, parity = control >> 4 & 3, stopBits = control >> 6;
        int bad = (dataBits is 0 or 7 ? 0 : BadDataBits) | (parity == 3 ? BadParity : 0) | (stopBits > 1 ? BadStopBits : 0);
        // CDC counts parities in another order: 1 is odd there.
        _configured = bad == 0 && baud != 0 && line.TrySet(new(baud, (byte)(stopBits * 2), (byte)(parity == 0 ? 0 : 3 - parity), (byte)(dataBits == 0 ? 8 : 7)));
        if (_configured) actual = line.Baud;
        return bad;
    }

    internal bool Control(int control)
    {
        bool good = _configured || (control & (EnableReceive | DisableReceive)) != EnableReceive && (control & (EnableTransmit | DisableTransmit)) != EnableTransmit;
        if ((control & DisableReceive) != 0)
        {
            if (_receives) _kept = line.Available;
            _receives = false;
        }
        else if ((control & EnableReceive) != 0 && _configured)
        {
            DropReceived();
            line.TakeErrors();
            _receives = true;
        }
        if ((control & FlushReceive) != 0) DropReceived();
        if ((control & DisableTransmit) != 0)
        {
            line.Discard();
            _sends = false;
        }
        else if ((control & EnableTransmit) != 0 && _configured)
        {
            line.Discard();
            _sends = true;
        }
        if ((control & FlushTransmit) != 0) line.Discard();
        return good;
    }

    /// <summary>Received bytes that nobody has read.</summary>
    internal int Available => _receives ? line.Available : Math.Min(_kept, line.Available);

    internal int Unsent => line.TransmitBuffer - line.Room;

    internal int TakeStatus() => (_receives ? 1 : 0) | (_sends ? 0x10 : 0) | (_receives ? (int)line.TakeErrors() : 0);

    internal int Read(Span<byte> to)
    {
        int count = line.Read(to[..Math.Min(to.Length, Available)]);
        if (!_receives) _kept -= count;
        return count;
    }

    /// <summary>Returns how much it took.</summary>
    internal int Write(ReadOnlySpan<byte> bytes) => _sends ? line.Write(bytes) : 0;

    private void DropReceived()
    {
        Span<byte> waste = stackalloc byte[64];
        for (int left = line.Available; left > 0; left -= waste.Length) line.Read(waste[..Math.Min(left, waste.Length)]);
        _kept = 0;
    }
}
