using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>A run-time DFU interface (DFU 1.1a, 4). DFU_DETACH is left out: it rightly takes the device away.</summary>
internal static class DfuChecks
{
    private const byte Application = 0xFE, Dfu = 1, RunTime = 1, Functional = 0x21, Detach = 0, Download = 1, Upload = 2, GetStatus = 3, ClearStatus = 4, GetState = 5, Abort = 6, AppIdle = 0;

    public static readonly UsbCheck[] Rows =
    [
        new("DFU 1.1a, 4.1.3", "the run-time interface has a functional descriptor of 9 bytes", Descriptor, Has),
        new("DFU 1.1a, A.1", "GET_STATUS, where it is answered, is 6 bytes and says appIDLE", Status, Has),
        new("DFU 1.1a, A.1", "GET_STATE, where it is answered, is 1 byte and says appIDLE", State, Has),
        new("DFU 1.1a, A.2.1", "download, upload, clear status and abort stall in appIDLE", Others, Has),
        new("USB 2.0, 9.2.7", "DFU requests that do not exist stall", Unknown, Has),
    ];

    private static IEnumerable<UsbInterface> Interfaces(UsbExaminer e) => e.Of(Application, Dfu).Where(i => i.Protocol == RunTime);

    private static bool Has(UsbExaminer e) => Interfaces(e).Any();

    private static async HostTask<bool> Descriptor(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            byte[]? inside = i.Functional.Find(f => f[1] == Functional);
            e.Require(inside is { Length: 9 }, $"interface {i.Number}: no DFU functional descriptor of 9 bytes");
            // By itself it may be had or not; if so, it is the same.
            var t = await e.Ends(new(In | Interface, UsbSetup.GetDescriptor, Functional << 8, (ushort)i.Number, 0xFFFF));
            e.Require(!t.IsOk || inside is not null && t.Data.SequenceEqual(inside), $"{t.Setup}: another than in the configuration");
        }
        return true;
    }

    private static async HostTask<bool> Status(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            var t = await e.Ends(new(In | Class | Interface, GetStatus, 0, (ushort)i.Number, 6));
            if (!t.IsOk) continue;
            e.Require(t.Done == 6 && t.Buffer[0] == 0 && t.Buffer[4] == AppIdle, $"{t.Setup}: {Convert.ToHexString(t.Data)}");
            await e.EveryLength(new(In | Class | Interface, GetStatus, 0, (ushort)i.Number, 6));
        }
        return true;
    }

    private static async HostTask<bool> State(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            var t = await e.Ends(new(In | Class | Interface, GetState, 0, (ushort)i.Number, 1));
            e.Require(!t.IsOk || t.Done == 1 && t.Buffer[0] == AppIdle, $"{t.Setup}: {Convert.ToHexString(t.Data)}");
        }
        return true;
    }

    private static async HostTask<bool> Others(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            foreach (ushort length in (ushort[])[0, 1, 64, 1024]) await e.Stalls(new(Class | Interface, Download, 0, (ushort)i.Number, length));
            foreach (ushort length in (ushort[])[1, 64, 1024]) await e.Stalls(new(In | Class | Interface, Upload, 0, (ushort)i.Number, length));
            await e.Stalls(new(Class | Interface, ClearStatus, 0, (ushort)i.Number, 0));
            await e.Stalls(new(Class | Interface, Abort, 0, (ushort)i.Number, 0));
        }
        return true;
    }

    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            for (int request = Abort + 1; request <= 255; request++)
            {
                await e.Stalls(new(In | Class | Interface, (byte)request, 0, (ushort)i.Number, 8));
                await e.Stalls(new(Class | Interface, (byte)request, 0, (ushort)i.Number, 0));
            }
            await e.Stalls(new(In | Class | Interface, Detach, 0, (ushort)i.Number, 1));
        }
        return true;
    }
}
