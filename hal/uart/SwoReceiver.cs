using System;
using SharpProbe.Trace;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Hal;

/// <summary>TRACESWO in NRZ: a UART's receiver and its ring.</summary>
public sealed class SwoReceiver(Uart uart, uint kernelHertz) : SwoLine
{
    public override uint Nearest(uint baud) => UartFormat.TryMake(Coding(baud), kernelHertz, out UartFormat format) ? format.Baud : 0;

    /// <summary>The pin is JTAG's TDO too, which reads it as an input.</summary>
    public override void Start(uint baud)
    {
        uart.ListenToPin();
        uart.TrySet(Coding(baud));
    }

    public override void Stop() => uart.Stop();

    public override uint Received => uart.Received;

    public override ReadOnlySpan<byte> Ring => uart.ReceiveRing;

    public override bool TakeError() => uart.TakeLineError();

    private static LineCoding Coding(uint baud) => new(baud, stopBits: 0, parity: 0, dataBits: 8);
}
