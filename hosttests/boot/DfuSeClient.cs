using System.Buffers.Binary;
using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.Boot;

/// <summary>A host program that updates a DfuSe device, in the order of requests that dfu-util 0.11 has: erase, address, one block, and the status after each, with the waits that the device asks for.</summary>
public sealed class DfuSeClient(UsbHost host, Func<ulong, bool> run)
{
    public const int Idle = 2, Busy = 4, DownloadIdle = 5, Manifest = 7, Error = 10;

    private const byte Detach = 0, Download = 1, Upload = 2, GetStatus = 3, ClearStatus = 4, GetState = 5, Abort = 6;
    private const ulong Millisecond = TimeBase.Second / 1000;
    private const int TransferSize = 2048;

    /// <summary>The longest bwPollTimeout so far, in ms.</summary>
    public uint LongestWait { get; private set; }

    /// <summary>The longest time for which GETSTATUS was kept waiting, in femtoseconds.</summary>
    public ulong LongestStall { get; private set; }

    /// <summary>String of the interface's setting: the memory layout.</summary>
    public string Layout => host.Identity.Text(host.Identity.Configuration!.Interfaces[0].Text);

    public (int Status, uint Wait, int State) Status()
    {
        UsbTransfer t = Request(0xA1, GetStatus, 0, 6);
        Assert.True(t.IsOk && t.Done == 6, $"GETSTATUS: {t.Status}, {t.Done} bytes");
        LongestStall = Math.Max(LongestStall, t.Finished - t.Submitted);
        byte[] b = t.Buffer;
        uint wait = (uint)(b[1] | b[2] << 8 | b[3] << 16);
        LongestWait = Math.Max(LongestWait, wait);
        return (b[0], wait, b[4]);
    }

    public int State() => Request(0xA1, GetState, 0, 1).Buffer[0];

    public bool Clear() => Request(0x21, ClearStatus, 0, 0).IsOk;

    public bool ToIdle() => Request(0x21, Abort, 0, 0).IsOk;

    /// <summary>Writes a file's bytes; with <paramref name="leave"/> the device starts it.</summary>
    public void Write(byte[] image, uint address, bool leave = true)
    {
        if (Status().State == Error) Assert.True(Clear());
        uint page = uint.MaxValue;
        for (int at = 0; at < image.Length; at += TransferSize)
        {
            uint to = address + (uint)at;
            if (to >> 14 != page) Command(0x41, to);
            page = to >> 14;
            Command(0x21, to);
            Block(2, image[at..Math.Min(at + TransferSize, image.Length)]);
        }
        if (leave) Leave(address);
    }

    /// <summary>The zero-length download: afterwards the device goes.</summary>
    public void Leave(uint address)
    {
        Command(0x21, address);
        Assert.True(Request(0x21, Download, 2, 0).IsOk);
        var (status, _, state) = Status();
        if (state != Manifest) throw Failure(status, state);
    }

    public byte[] Read(uint address, int length)
    {
        Command(0x21, address);
        Assert.True(ToIdle());
        var bytes = new List<byte>();
        for (ushort block = 2; bytes.Count < length; block++)
        {
            UsbTransfer t = Request(0xA1, Upload, block, Math.Min(TransferSize, length - bytes.Count));
            if (!t.IsOk) throw Failure();
            bytes.AddRange(t.Data);
            if (t.Done < t.Buffer.Length) break;
        }
        Assert.True(ToIdle());
        return [.. bytes];
    }

    public void Command(byte command, uint address)
    {
        byte[] bytes = new byte[5];
        bytes[0] = command;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), address);
        Block(0, bytes);
    }

    /// <summary>DNLOAD, then GETSTATUS until it is done.</summary>
    public void Block(ushort number, byte[] data)
    {
        if (!Request(0x21, Download, number, data.Length, data).IsOk) throw Failure();
        var (status, wait, state) = Status();
        if (number == 0) Assert.Equal(Busy, state);
        for (int i = 0; state == Busy && i < 1000; i++)
        {
            run(wait * Millisecond);
            (status, wait, state) = Status();
        }
        if (state != DownloadIdle) throw Failure(status, state);
    }

    private DfuFailure Failure()
    {
        var (status, _, state) = Status();
        return Failure(status, state);
    }

    private DfuFailure Failure(int status, int state)
    {
        byte text = Request(0xA1, GetStatus, 0, 6).Buffer[5];
        UsbTransfer t = Do(host.Control(new(0x80, UsbSetup.GetDescriptor, (ushort)(3 << 8 | text), 0x0409, 255)));
        return new(status, state, t.IsOk ? Encoding.Unicode.GetString(t.Data[2..]) : $"no string {text}");
    }

    private UsbTransfer Request(byte type, byte request, ushort value, int length, byte[]? data = null) => Do(host.Control(new(type, request, value, 0, (ushort)length), data));

    private UsbTransfer Do(HostTask<UsbTransfer> task)
    {
        for (ulong end = host.Time.Now + 6 * TimeBase.Second; !task.IsCompleted; )
        {
            Assert.True(host.Time.Now < end, "the host waits for ever");
            if (!run(Millisecond / 10)) throw new InvalidOperationException("the bench stopped");
        }
        return task.GetResult();
    }
}
