using System;
using SharpProbe.Io;
using SharpProbe.Usb.Dfu;

namespace SharpProbe.Usb.Cdc;

/// <summary>A serial port as a function: abstract control model, a control and a data interface with an association around them (CDC 1.2 and PSTN 1.2, 5.3).</summary>
/// <param name="number">0 console, 1 gdb, 2 UART: decides the endpoints.</param>
/// <param name="boot">Asked where DTR drops at 1200 baud; null: that means nothing here.</param>
public sealed class CdcFunction(CdcPort port, int number, BootRequest? boot) : UsbFunction
{
    /// <summary>The line speed at which a host that lets go of the port means the boot loader, a custom of Arduino's.</summary>
    private const uint BootBaud = 1200;

    private readonly UsbEndpoint[] _endpoints = FunctionEndpoints.Cdc(number);

    /// <summary>Notifications (interrupt IN), bulk IN and bulk OUT endpoint of a port, as the original has them.</summary>
    public static byte Notify(int port) => FunctionEndpoints.Notify(port);
    public static byte In(int port) => FunctionEndpoints.BulkIn(port);
    public static byte Out(int port) => FunctionEndpoints.BulkOut(port);

    public override int Interfaces => 2;

    public override UsbEndpoint[] Endpoints => _endpoints;

    public override int InterfaceOf(UsbEndpoint endpoint) => FirstInterface + (endpoint.Interrupt ? 0 : 1);

    public override ReadOnlySpan<byte> Text(int index) => number switch
    {
        0 => "Micropython"u8,
        1 => "Black Magic GDB Server"u8,
        _ => "Black Magic UART Port"u8,
    };

    public override void WriteDescriptors(bool high, ref ByteWriter to)
    {
        byte control = FirstInterface, data = (byte)(control + 1);
        to.Write([8, (byte)DescriptorKind.InterfaceAssociation, control, 2, 2, 2, 0, FirstString]);
        WriteInterface(ref to, control, 1, 2, 2, 0, FirstString);
        to.Write([5, (byte)DescriptorKind.ClassInterface, 0, 0x10, 0x01]);               // header, CDC 1.10
        to.Write([5, (byte)DescriptorKind.ClassInterface, 1, 0, data]);                  // call management: none
        to.Write([4, (byte)DescriptorKind.ClassInterface, 2, 6]);                        // line coding, control line state, break
        to.Write([5, (byte)DescriptorKind.ClassInterface, 6, control, data]);            // union
        WriteEndpoint(ref to, _endpoints[0], high);
        WriteInterface(ref to, data, 2, 10, 0, 0, 0);
        WriteEndpoint(ref to, _endpoints[1], high);
        WriteEndpoint(ref to, _endpoints[2], high);
    }

    public override bool OnRequest(in SetupPacket setup, ControlPipe pipe)
    {
        if (setup.Index != FirstInterface) return false;
        switch (setup.Request)
        {
            case CdcRequest.SetLineCoding when setup.RequestType == 0x21 && setup.Length == LineCoding.Size:
                pipe.Receive(setup.Length);
                return true;
            case CdcRequest.GetLineCoding when setup.RequestType == 0xA1:
                port.Coding.Write(pipe.Buffer);
                pipe.Reply(LineCoding.Size, setup.Length);
                return true;
            case CdcRequest.SetControlLineState when setup.RequestType == 0x21 && setup.Length == 0:
                bool before = port.Dtr;
                port.OnControlLines(setup.Value);
                if (before && !port.Dtr && port.Coding.Baud == BootBaud) boot?.Ask();
                pipe.Acknowledge();
                return true;
            case CdcRequest.SendBreak when setup.RequestType == 0x21 && setup.Length == 0:
                port.OnBreak(setup.Value);
                pipe.Acknowledge();
                return true;
            default:
                return false;
        }
    }

    /// <summary>SET_LINE_CODING.</summary>
    public override bool OnData(in SetupPacket setup, ReadOnlySpan<byte> data) => LineCoding.TryRead(data, out LineCoding coding) && port.OnLineCoding(coding);

    public override void OnOpened()
    {
        port.Interface = FirstInterface;
        port.Open();
    }

    public override void OnBusLost() => port.OnBusLost();
    public override void OnSuspend() => port.OnSuspend();
    public override void OnResume() => port.OnResume();
    public override void OnReceived(byte endpoint, ReadOnlySpan<byte> packet) => port.OnReceived(endpoint, packet);
    public override Span<byte> Place(int length) => port.Place(length);
    public override void OnPlaced(int length) => port.OnPlaced(length);
    public override void OnReady(byte endpoint) => port.OnReady(endpoint);
    public override void OnSent(byte endpoint) => port.OnSent(endpoint);
    public override void OnUnhalted(byte endpoint) => port.OnUnhalted(endpoint);
}
