using System;
using SharpProbe.App;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Hal;

/// <summary>The UART to the target as the bridge sees it.</summary>
public sealed class TargetLine(Uart uart) : SerialLine
{
    public override bool Connected => true;
    public override int Available => uart.Available;
    public override int Room => uart.Room;
    public override bool Idle => uart.Idle;
    public override int Read(Span<byte> destination) => uart.Read(destination);
    public override int Write(ReadOnlySpan<byte> bytes) => uart.Write(bytes);
    public override bool TrySet(LineCoding coding) => uart.TrySet(coding);
    public override void SetBreak(bool on) => uart.Break = on;
}
