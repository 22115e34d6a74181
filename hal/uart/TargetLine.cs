using System;
using SharpProbe.Io;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Hal;

/// <summary>The UART to the target as the bridge sees it.</summary>
public sealed class TargetLine(Uart uart) : SerialLine
{
    private uint _lost;

    public override bool Connected => true;
    public override int Available => uart.Available;
    public override int Room => uart.Room;
    public override bool Idle => uart.Idle;
    public override int TransmitBuffer => uart.TransmitBuffer;
    public override int ReceiveBuffer => uart.ReceiveBuffer;
    public override uint Baud => uart.Baud;
    public override int Read(Span<byte> destination) => uart.Read(destination);
    public override int Write(ReadOnlySpan<byte> bytes) => uart.Write(bytes);
    public override bool TrySet(LineCoding coding) => uart.TrySet(coding);
    public override void SetBreak(bool on) => uart.Break = on;
    public override void Discard() => uart.Discard();

    public override LineErrors TakeErrors()
    {
        uart.TakeErrors(out bool framing, out bool parity);
        bool lost = uart.Lost != _lost;
        _lost = uart.Lost;
        return (lost ? LineErrors.Lost : 0) | (framing ? LineErrors.Framing : 0) | (parity ? LineErrors.Parity : 0);
    }
}
