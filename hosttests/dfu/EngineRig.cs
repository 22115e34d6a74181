using System.Buffers.Binary;
using SharpProbe.Booting;
using SharpProbe.Dfu;
using SharpProbe.Flashing;
using SharpProbe.Io;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Dfu;

/// <summary>The engine over flash in memory, and a host that does what dfu-util does, without USB between them.</summary>
internal sealed class EngineRig
{
    public const uint Start = 0x0800_1000, End = 0x0800_4000;

    /// <summary>The boot loader's sector, three of an application, one of the settings.</summary>
    public static FakeFlash Flash(uint unit = 32, int seed = 1) => new(unit, seed, 0x1000, 0x1000, 0x1000, 0x1000, 0x1000);

    public EngineRig(FlashDevice? flash = null)
    {
        Device = flash ?? Flash();
        Place = new(1, Start, End, 100);
        Check = new(Device, Place);
        Installed = Check.Installed();
        Writer = new(Device, Place, Check);
        Engine = new(Device, Place, Writer, Installed);
    }

    public FlashDevice Device { get; }
    public ImagePlace Place { get; }
    public ImageCheck Check { get; }
    public ImageVerdict Installed { get; }
    public ImageWriter Writer { get; }
    public DfuEngine Engine { get; }

    public string Text => System.Text.Encoding.ASCII.GetString(Engine.Text);

    /// <summary>GETSTATUS.</summary>
    public (DfuStatus Status, uint Wait, DfuState State) Status()
    {
        Span<byte> answer = stackalloc byte[DfuEngine.StatusSize];
        var to = new ByteWriter(answer);
        Engine.WriteStatus(5, ref to);
        Assert.Equal(DfuEngine.StatusSize, to.Written.Length);
        Assert.Equal(5, answer[5]);
        return ((DfuStatus)answer[0], (uint)(answer[1] | answer[2] << 8 | answer[3] << 16), (DfuState)answer[4]);
    }

    /// <summary>DNLOAD, GETSTATUS until it is done. The longest wait that was announced, and how it ended.</summary>
    public (DfuStatus Status, uint Wait) Download(ushort number, params byte[] data)
    {
        Assert.True(Engine.BeginDownload(number, data.Length), $"stalled in {Engine.State}");
        Engine.Download(number, data);
        var first = Status();
        Assert.Equal(DfuState.DownloadBusy, first.State);
        Engine.Work();
        var last = Status();
        Assert.Equal(last.Status == DfuStatus.Ok ? DfuState.DownloadIdle : DfuState.Error, last.State);
        return (last.Status, first.Wait);
    }

    public DfuStatus SetAddress(uint address) => Download(0, [0x21, .. Bytes(address)]).Status;

    public DfuStatus Erase(uint address) => Download(0, [0x41, .. Bytes(address)]).Status;

    /// <summary>As "dfu-util -D": page by page, erase, address, data. Stops at the first error.</summary>
    public DfuStatus Send(byte[] image, uint address = Start)
    {
        for (int at = 0; at < image.Length; at += DfuEngine.TransferSize)
        {
            byte[] part = image[at..Math.Min(at + DfuEngine.TransferSize, image.Length)];
            uint to = address + (uint)at;
            DfuStatus status = Erase(to);
            if (status == DfuStatus.Ok) status = SetAddress(to);
            if (status == DfuStatus.Ok) status = Download(2, part).Status;
            if (status != DfuStatus.Ok) return status;
        }
        return DfuStatus.Ok;
    }

    /// <summary>DNLOAD of no bytes and GETSTATUS.</summary>
    public (DfuStatus Status, DfuState State) Leave()
    {
        Assert.True(Engine.BeginDownload(2, 0));
        var (status, _, state) = Status();
        return (status, state);
    }

    public byte[] Read(uint address, int length)
    {
        byte[] bytes = new byte[length];
        Device.Read(address, bytes);
        return bytes;
    }

    private static byte[] Bytes(uint address)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, address);
        return bytes;
    }
}
