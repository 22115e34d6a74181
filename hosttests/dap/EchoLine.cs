using SharpProbe.Conformance.Model;
using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Tests.Dap;

/// <summary>A serial line whose ends are joined, with the limits of <see cref="ModelUart"/>.</summary>
sealed class EchoLine : SerialLine
{
    private readonly Queue<byte> _came = [];
    private LineErrors _errors;
    private uint _baud = 115_200;

    /// <summary>What was set last.</summary>
    public LineCoding Coding { get; private set; } = LineCoding.Default;

    public override bool Connected => true;
    public override int Available => _came.Count;
    public override int Room => TransmitBuffer;
    public override bool Idle => true;
    public override int TransmitBuffer => ModelUart.SendBuffer;
    public override int ReceiveBuffer => ModelUart.ReceiveBuffer;
    public override uint Baud => _baud;

    public override int Read(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && _came.TryDequeue(out byte b)) destination[count++] = b;
        return count;
    }

    public override int Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, TransmitBuffer);
        foreach (byte b in bytes[..count])
        {
            if (b == ModelUart.Damaged) _errors |= LineErrors.Parity;
            if (_came.Count < ReceiveBuffer) _came.Enqueue(b);
            else _errors |= LineErrors.Lost;
        }
        return count;
    }

    public override bool TrySet(LineCoding coding)
    {
        if (coding.Baud is < ModelUart.SlowestBaud or > ModelUart.FastestBaud) return false;
        (Coding, _baud) = (coding, coding.Baud);
        return true;
    }

    public override void SetBreak(bool on) { }

    public override void Discard() { }

    public override LineErrors TakeErrors()
    {
        LineErrors errors = _errors;
        _errors = LineErrors.None;
        return errors;
    }
}
