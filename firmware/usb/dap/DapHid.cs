using System;
using SharpProbe.Dap;
using SharpProbe.Io;

namespace SharpProbe.Usb.Dap;

/// <summary>CMSIS-DAP v1: a HID whose reports, one each way and without an id, are the packets (HID 1.11).</summary>
public sealed class DapHid(UsbController controller, DapServer server, Clock clock)
    : DapFunction(controller, server, clock, FunctionEndpoints.HidOut, FunctionEndpoints.HidIn, Room, Most)
{
    // One report a millisecond (or 125 µs) leaves nothing to gain, and hosts keep few that nobody reads: hidapi 30, Windows 32.
    // At high speed two: one is answered while the next comes.
    private const int Room = 1024, Most = 8;

    private const int ReportDescriptorSize = 29;
    private const byte InputReport = 1, OutputReport = 2, ReportProtocol = 1;

    private readonly UsbController _controller = controller;

    public override UsbEndpoint[] Endpoints { get; } = FunctionEndpoints.DapHid();

    protected override bool Padded => true;

    public override ReadOnlySpan<byte> Text(int index) => "Black Magic CMSIS-DAP v1"u8;

    public override void WriteDescriptors(bool high, ref ByteWriter to)
    {
        WriteInterface(ref to, FirstInterface, Endpoints.Length, 3, 0, 0, FirstString);
        WriteHid(ref to);
        foreach (UsbEndpoint endpoint in Endpoints) WriteEndpoint(ref to, endpoint, high);
    }

    public override bool OnRequest(in SetupPacket setup, ControlPipe pipe)
    {
        byte high = (byte)(setup.Value >> 8), low = (byte)setup.Value;
        switch ((setup.RequestType, setup.Request))
        {
            case (0x81, 6) when low == 0:                                            // GET_DESCRIPTOR
                var to = new ByteWriter(pipe.Buffer);
                if (high == (byte)DescriptorKind.ClassSpecific) WriteHid(ref to);
                else if (high == (byte)DescriptorKind.Report) WriteReport(ref to, PacketSize);
                else return false;
                pipe.Reply(to.Written.Length, setup.Length);
                return true;
            case (0xA1, HidRequest.GetReport) when high == InputReport && low == 0:
                // Responses travel through the interrupt pipe only, where each comes once: here the report is empty.
                pipe.Buffer[..PacketSize].Clear();
                pipe.Reply(PacketSize, setup.Length);
                return true;
            case (0x21, HidRequest.SetReport) when high == OutputReport && low == 0 && setup.Length != 0 && setup.Length <= PacketSize:
                pipe.Receive(setup.Length);
                return true;
            case (0xA1, HidRequest.GetIdle) when setup.Value == 0:
                return ReplyByte(pipe, setup, 0);
            case (0x21, HidRequest.SetIdle) when high == 0 && low == 0 && setup.Length == 0:    // reports come when there are any: the only rate there is
                pipe.Acknowledge();
                return true;
            case (0xA1, HidRequest.GetProtocol) when setup.Value == 0:
                return ReplyByte(pipe, setup, ReportProtocol);
            case (0x21, HidRequest.SetProtocol) when setup.Value == ReportProtocol && setup.Length == 0:
                pipe.Acknowledge();
                return true;
            default:
                return false;
        }
    }

    /// <summary>SET_REPORT: a packet like any other.</summary>
    public override bool OnData(in SetupPacket setup, ReadOnlySpan<byte> data) => TryTake(data);

    private static bool ReplyByte(ControlPipe pipe, in SetupPacket setup, byte value)
    {
        pipe.Buffer[0] = value;
        pipe.Reply(1, setup.Length);
        return true;
    }

    /// <summary>HID 1.11, no country, one report descriptor.</summary>
    private static void WriteHid(ref ByteWriter to) => to.Write([9, (byte)DescriptorKind.ClassSpecific, 0x11, 0x01, 0, 1, (byte)DescriptorKind.Report, ReportDescriptorSize, 0]);

    /// <summary>Vendor page FF00, usage 1: a collection of bytes in and bytes out (HID 1.11, 6.2.2).</summary>
    private static void WriteReport(ref ByteWriter to, int packet)
    {
        byte low = (byte)packet, high = (byte)(packet >> 8);
        to.Write([0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01]);
        to.Write([0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08]);                       // 0 to 255, 8 bits
        to.Write([0x96, low, high, 0x09, 0x01, 0x81, 0x02]);                        // input
        to.Write([0x96, low, high, 0x09, 0x01, 0x91, 0x02]);                        // output
        to.Write(0xC0);
    }
}
