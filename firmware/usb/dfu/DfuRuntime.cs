using System;
using SharpProbe.Io;

namespace SharpProbe.Usb.Dfu;

/// <summary>DFU's run-time interface (DFU 1.1, 4.1): DETACH leads into the boot loader, which the device enters by itself (bitWillDetach).</summary>
public sealed class DfuRuntime(BootRequest boot) : UsbFunction
{
    private const byte Download = 1, Upload = 2, WillDetach = 8;
    private const ushort DetachTimeout = 255, TransferSize = 2048, Version = 0x011A;
    private const byte AppIdle = 0, AppDetach = 1;

    /// <summary>Bytes of the answer to GETSTATUS.</summary>
    private const int StatusSize = 6;

    public override UsbEndpoint[] Endpoints { get; } = [];

    public override ReadOnlySpan<byte> Text(int index) => "Black Magic DFU"u8;

    public override ReadOnlySpan<byte> WinUsbInterface => "{8BB667E2-E54A-41D1-9B7C-EEAAEBDE5EED}"u8;

    public override void WriteDescriptors(bool high, ref ByteWriter to)
    {
        WriteInterface(ref to, FirstInterface, 0, 0xFE, 1, 1, FirstString);
        to.Write([9, (byte)DescriptorKind.ClassSpecific, Download | Upload | WillDetach]);
        to.Write16(DetachTimeout);
        to.Write16(TransferSize);
        to.Write16(Version);
    }

    public override bool OnRequest(in SetupPacket setup, ControlPipe pipe)
    {
        switch (setup.Request)
        {
            case DfuRequest.Detach when setup.RequestType == 0x21 && setup.Length == 0:
                boot.Ask();
                pipe.Acknowledge();
                return true;
            case DfuRequest.GetStatus when setup.RequestType == 0xA1 && setup.Value == 0:
                pipe.Buffer[..StatusSize].Clear();
                pipe.Buffer[4] = State;
                pipe.Reply(StatusSize, setup.Length);
                return true;
            case DfuRequest.GetState when setup.RequestType == 0xA1 && setup.Value == 0:
                pipe.Buffer[0] = State;
                pipe.Reply(1, setup.Length);
                return true;
            default:
                return false;
        }
    }

    private byte State => boot.Asked ? AppDetach : AppIdle;
}
