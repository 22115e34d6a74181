using System;
using SharpProbe.Booting;
using SharpProbe.Flashing;
using SharpProbe.Io;
using SharpProbe.Usb;
using SharpProbe.Usb.Dfu;

namespace SharpProbe.Dfu;

/// <summary>The DFU interface of the boot loader (DFU 1.1, 4.2): one setting, the internal flash, whose string is its layout.</summary>
public sealed class DfuFunction : UsbFunction
{
    private const byte Download = 1, Upload = 2, WillDetach = 8;
    private const ushort DetachTimeout = 255, Version = 0x011A;

    private readonly DfuEngine _engine;
    private readonly byte[] _layout = new byte[80];
    private readonly int _layoutLength;
    private ControlPipe? _pipe;

    public DfuFunction(DfuEngine engine, FlashDevice flash, ImagePlace place)
    {
        _engine = engine;
        var to = new ByteWriter(_layout);
        MemoryLayout.Write(flash, place, ref to);
        _layoutLength = to.Written.Length;
    }

    /// <summary>No transfer is under way: the bus may stall.</summary>
    public bool IsIdle => _pipe is null || _pipe.IsIdle;

    public override UsbEndpoint[] Endpoints { get; } = [];

    public override int Strings => 2;

    public override int LongestRequest => DfuEngine.TransferSize;

    public override ReadOnlySpan<byte> Text(int index) => index == 0 ? _layout.AsSpan(0, _layoutLength) : _engine.Text;

    public override ReadOnlySpan<byte> WinUsbInterface => "{5F0C1B0E-5C0B-4B36-9B0F-4A4E0D8F3C71}"u8;

    public override void WriteDescriptors(bool high, ref ByteWriter to)
    {
        WriteInterface(ref to, FirstInterface, 0, 0xFE, 1, 2, FirstString);
        to.Write([9, (byte)DescriptorKind.ClassSpecific, Download | Upload | WillDetach]);
        to.Write16(DetachTimeout);
        to.Write16(DfuEngine.TransferSize);
        to.Write16(Version);
    }

    public override bool OnRequest(in SetupPacket setup, ControlPipe pipe)
    {
        _pipe = pipe;
        switch (setup.Request, setup.RequestType)
        {
            case (DfuRequest.Download, 0x21):
                if (!_engine.BeginDownload(setup.Value, setup.Length)) return false;
                if (setup.Length == 0) pipe.Acknowledge();
                else pipe.Receive(setup.Length);
                return true;
            case (DfuRequest.Upload, 0xA1):
                if (setup.Length > DfuEngine.TransferSize) return _engine.Stall();
                int count = _engine.Upload(setup.Value, pipe.Buffer[..setup.Length]);
                if (count < 0) return false;
                pipe.Reply(count, setup.Length);
                return true;
            case (DfuRequest.GetStatus, 0xA1) when setup.Value == 0:
                var to = new ByteWriter(pipe.Buffer);
                _engine.WriteStatus((byte)(FirstString + 1), ref to);
                pipe.Reply(DfuEngine.StatusSize, setup.Length);
                return true;
            case (DfuRequest.ClearStatus, 0x21) when setup.Length == 0:
                return _engine.ClearStatus() && Done(pipe);
            case (DfuRequest.GetState, 0xA1) when setup.Value == 0:
                pipe.Buffer[0] = (byte)_engine.State;
                pipe.Reply(1, setup.Length);
                return true;
            case (DfuRequest.Abort, 0x21) when setup.Length == 0:
                return _engine.Abort() && Done(pipe);
            default:
                return _engine.Stall();
        }
    }

    public override bool OnData(in SetupPacket setup, ReadOnlySpan<byte> data)
    {
        _engine.Download(setup.Value, data);
        return true;
    }

    public override void OnBusLost() => _engine.Reset();

    private static bool Done(ControlPipe pipe)
    {
        pipe.Acknowledge();
        return true;
    }
}
