using System;
using SharpProbe.Io;

namespace SharpProbe.Hal;

/// <summary>A UART as a stream; its peer is always there.</summary>
public sealed class UartStream(Uart uart) : ByteStream
{
    public override bool Connected => true;
    public override int Available => uart.Available;
    public override int Room => uart.Room;
    public override int Read(Span<byte> destination) => uart.Read(destination);
    public override int Write(ReadOnlySpan<byte> bytes) => uart.Write(bytes);
}
