using System.Buffers.Binary;
using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>A boot loader's interface (DFU 1.1a, 4.2 and 6). Nothing is programmed or erased, and the loader is not left: an empty download, which DfuSe takes in dfuIDLE too, is not sent.</summary>
internal static class DfuModeChecks
{
    private const byte Application = 0xFE, Dfu = 1, DfuMode = 2, Functional = 0x21, Download = 1, Upload = 2, GetStatus = 3, ClearStatus = 4, GetState = 5, Abort = 6, Idle = 2, UploadIdle = 9, Error = 10;

    public static readonly UsbCheck[] Rows =
    [
        new("DFU 1.1a, 4.2.4", "the functional descriptor has 9 bytes, a version and a transfer size", Descriptor, Has),
        new("DFU 1.1a, 6.1.2", "GET_STATUS comes at every wLength, and after CLRSTATUS says dfuIDLE and no error", Status, Has),
        new("DFU 1.1a, 6.1.5", "GET_STATE comes at every wLength", State, Has),
        new("DFU 1.1a, 6.2", "an upload is at most wLength long, and one shorter than that ends in dfuIDLE", Uploads, Has),
        new("DFU 1.1a, 6.1.4", "ABORT leads from an upload to dfuIDLE", Aborts, Has),
        new("DFU 1.1a, 6.1.1", "a download longer than the transfer size is refused, and CLRSTATUS leads back to dfuIDLE", TooLong, Has),
        new("DFU 1.1a, A.1", "requests that do not exist stall, and the next GET_STATUS is answered", Unknown, Has),
        new("USB 2.0, 8.5.3", "a SETUP in the middle of an upload, at every microsecond, begins anew", Cut, Has),
        new("USB 2.0, 9.4", "DFU requests to a device that is not configured stall", Unconfigured, Has),
    ];

    private static IEnumerable<UsbInterface> Interfaces(UsbExaminer e) => e.Of(Application, Dfu).Where(i => i.Protocol == DfuMode);

    private static bool Has(UsbExaminer e) => Interfaces(e).Any();

    private static ushort Number(UsbExaminer e) => (ushort)Interfaces(e).First().Number;

    private static UsbSetup Get(UsbExaminer e, byte request, int length, int block = 0) => new(In | Class | Interface, request, (ushort)block, Number(e), (ushort)length);

    private static UsbSetup Set(UsbExaminer e, byte request, int length = 0, int block = 0) => new(Class | Interface, request, (ushort)block, Number(e), (ushort)length);

    private static byte[] Properties(UsbExaminer e) => Interfaces(e).First().Functional.Concat(e.Configuration.Interfaces.SelectMany(i => i.Functional)).FirstOrDefault(f => f[1] == Functional) ?? [];

    private static int TransferSize(UsbExaminer e) => Properties(e) is { Length: >= 7 } p ? BinaryPrimitives.ReadUInt16LittleEndian(p.AsSpan(5)) : 0;

    /// <summary>Back to dfuIDLE from wherever the row has led to.</summary>
    private static async HostTask<bool> Recover(UsbExaminer e)
    {
        var status = await e.Ask(Get(e, GetStatus, 6));
        e.Require(status.IsOk && status.Done == 6, $"{status.Setup}: {status.Status}, {status.Done} bytes");
        await e.Good(Set(e, status.Buffer[4] == Error ? ClearStatus : Abort));
        await e.Expect(Get(e, GetState, 1), Idle);
        return true;
    }

    private static async HostTask<bool> Descriptor(UsbExaminer e)
    {
        byte[] p = Properties(e);
        e.Require(p.Length == 9 && (p[7] | p[8] << 8) is 0x0100 or 0x0110 or 0x011A && TransferSize(e) > 0, $"the functional descriptor: {Convert.ToHexString(p)}");
        var t = await e.Ends(new(In | Interface, UsbSetup.GetDescriptor, Functional << 8, Number(e), 0xFFFF));
        e.Require(!t.IsOk || t.Data.SequenceEqual(p), $"{t.Setup}: another than in the configuration");
        return true;
    }

    private static async HostTask<bool> Status(UsbExaminer e)
    {
        await e.EveryLength(Get(e, GetStatus, 6));
        await Recover(e);
        var t = await e.Ask(Get(e, GetStatus, 6));
        e.Require(t.IsOk && t.Done == 6 && t.Buffer[0] == 0 && t.Buffer[4] == Idle, $"{t.Setup}: {t.Status} {Convert.ToHexString(t.Data)}");
        return true;
    }

    private static async HostTask<bool> State(UsbExaminer e)
    {
        await e.EveryLength(Get(e, GetState, 1));
        return await e.Expect(Get(e, GetState, 1), Idle);
    }

    private static async HostTask<bool> Uploads(UsbExaminer e)
    {
        foreach (int block in (int[])[0, 2, 3])
            foreach (int length in (int[])[1, 63, 64, 65, 512, TransferSize(e)])
            {
                // What lies there may be protected, which is refused.
                var t = await e.Ends(Get(e, Upload, length, block));
                e.Require(!t.IsOk || t.Done <= length, $"{t.Setup}: {t.Done} bytes");
                // Block 0 is DfuSe's list of commands (AN3156), after which it is idle however long the list is.
                if (t.IsOk && block != 0) await e.Expect(Get(e, GetState, 1), t.Done < length ? Idle : UploadIdle);
                await Recover(e);
            }
        await e.Ends(Get(e, Upload, TransferSize(e) + 1));
        await Recover(e);
        await e.Ends(Get(e, Upload, 0xFFFF));
        return await Recover(e);
    }

    private static async HostTask<bool> Aborts(UsbExaminer e)
    {
        for (int i = 0; i < 3; i++)
        {
            await e.Ends(Get(e, Upload, 1));
            await e.Good(Set(e, Abort));
            await e.Expect(Get(e, GetState, 1), Idle);
        }
        return true;
    }

    private static async HostTask<bool> TooLong(UsbExaminer e)
    {
        foreach (int length in (int[])[TransferSize(e) + 1, TransferSize(e) + 64, 0xFFFF])
        {
            await e.Stalls(Set(e, Download, length, 2));
            await Recover(e);
        }
        return true;
    }

    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        for (int request = Abort + 1; request <= 255; request++)
        {
            await e.Stalls(Get(e, (byte)request, 8));
            await e.Stalls(Set(e, (byte)request));
        }
        return await Recover(e);
    }

    private static async HostTask<bool> Cut(UsbExaminer e)
    {
        ulong microsecond = TimeBase.Second / 1_000_000, end = e.Host.Speed == UsbSpeed.High ? 60u : 300u, step = e.Host.Speed == UsbSpeed.High ? 1u : 5u;
        for (ulong after = 0; after < end; after += step)
        {
            await e.CutShort(Get(e, Upload, TransferSize(e), 2), after * microsecond);
            await Recover(e);
        }
        return true;
    }

    private static async HostTask<bool> Unconfigured(UsbExaminer e)
    {
        await e.Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
        await e.Stalls(Get(e, GetStatus, 6));
        await e.Stalls(Get(e, Upload, 64));
        await e.Stalls(Set(e, Download, 64));
        await e.Good(new(Device, UsbSetup.SetConfiguration, (ushort)e.Configuration.Value, 0, 0));
        return await e.Expect(Get(e, GetState, 1), Idle);
    }
}
