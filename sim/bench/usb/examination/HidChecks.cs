using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>HID interfaces (HID 1.11, 7.1 and 7.2).</summary>
internal static class HidChecks
{
    private const byte HidClass = 3, Hid = 0x21, Report = 0x22, Physical = 0x23, GetReport = 1, GetIdle = 2, GetProtocol = 3, SetReport = 9, SetIdle = 10, SetProtocol = 11;

    public static readonly UsbCheck[] Rows =
    [
        new("HID 1.11, 7.1.1", "the HID descriptor by itself is the one in the configuration, at every wLength", HidDescriptor, Has),
        new("HID 1.11, 7.1.1", "the report descriptor is as long as the HID descriptor says, at every wLength", ReportDescriptor, Has),
        new("HID 1.11, 7.1.1", "physical and unknown descriptors of the interface stall, and so do those of other interfaces", NoDescriptors, Has),
        new("HID 1.11, 7.2.1", "GET_REPORT ends for every type, id and length", Reports, Has),
        new("HID 1.11, 7.2.2", "SET_REPORT ends for every type, id and length", SetReports, Has),
        new("HID 1.11, 7.2.4", "SET_IDLE and GET_IDLE end", Idle, Has),
        new("HID 1.11, 7.2.5", "a device that is no boot device is in the report protocol and in no other, or knows of none", Protocol, e => Has(e) && Interfaces(e).All(i => i.SubClass == 0)),
        new("USB 2.0, 9.2.7", "HID requests that do not exist stall", Unknown, Has),
    ];

    private static IEnumerable<UsbInterface> Interfaces(UsbExaminer e) => e.Configuration.Interfaces.Where(i => i is { Class: HidClass, Alternate: 0 });

    private static bool Has(UsbExaminer e) => Interfaces(e).Any();

    private static UsbSetup Get(byte type, int index, int i, int length = 0xFFFF) => new(In | Interface, UsbSetup.GetDescriptor, (ushort)(type << 8 | index), (ushort)i, (ushort)length);

    private static async HostTask<bool> HidDescriptor(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            byte[]? inside = i.Functional.Find(f => f[1] == Hid);
            e.Require(inside is not null, $"interface {i.Number}: no HID descriptor");
            if (inside is not null) await e.Expect(Get(Hid, 0, i.Number), inside);
            await e.EveryLength(Get(Hid, 0, i.Number));
        }
        return true;
    }

    private static async HostTask<bool> ReportDescriptor(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            var report = await e.Ask(Get(Report, 0, i.Number));
            int due = i.Functional.Find(f => f[1] == Hid) is { Length: >= 9 } hid ? hid[7] | hid[8] << 8 : -1;
            e.Require(report.IsOk && report.Done == due, $"{report.Setup}: {report.Status}, {report.Done} bytes; the HID descriptor says {due}");
            await e.EveryLength(Get(Report, 0, i.Number));
        }
        return true;
    }

    private static async HostTask<bool> NoDescriptors(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            await e.Stalls(Get(Physical, 0, i.Number));
            foreach (byte type in (byte[])[0, 4, 5, 0x20, 0x24, 0xFF]) await e.Stalls(Get(type, 0, i.Number));
        }
        foreach (int i in e.Interfaces.Except(Interfaces(e).Select(i => i.Number)).Append(99)) await e.Stalls(Get(Report, 0, i));
        return true;
    }

    private static async HostTask<bool> Reports(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
            foreach (int type in (int[])[0, 1, 2, 3, 4, 255])
                foreach (int id in (int[])[0, 1, 255])
                    foreach (ushort length in (ushort[])[0, 1, 63, 64, 65, 512, 0xFFFF]) await e.Ends(new(In | Class | Interface, GetReport, (ushort)(type << 8 | id), (ushort)i.Number, length));
        return true;
    }

    private static async HostTask<bool> SetReports(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
            foreach (int type in (int[])[0, 1, 2, 3, 4, 255])
                foreach (int id in (int[])[0, 1, 255])
                    // 0xFF is no command of CMSIS-DAP: whatever is behind the interface does nothing with it.
                    foreach (ushort length in (ushort[])[0, 1, 63, 64, 65, 512, 513, 4096]) await e.Ends(new(Class | Interface, SetReport, (ushort)(type << 8 | id), (ushort)i.Number, length), [.. Enumerable.Repeat((byte)0xFF, length)]);
        return true;
    }

    private static async HostTask<bool> Idle(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            foreach (ushort value in (ushort[])[0, 0x0100, 0xFF00, 0x0001]) await e.Ends(new(Class | Interface, SetIdle, value, (ushort)i.Number, 0));
            await e.Ends(new(Class | Interface, SetIdle, 0, (ushort)i.Number, 0));
            var t = await e.Ends(new(In | Class | Interface, GetIdle, 0, (ushort)i.Number, 1));
            e.Require(!t.IsOk || t.Done == 1, $"{t.Setup}: {t.Done} bytes");
        }
        return true;
    }

    private static async HostTask<bool> Protocol(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
        {
            await e.Ends(new(Class | Interface, SetProtocol, 1, (ushort)i.Number, 0));
            foreach (ushort value in (ushort[])[0, 2, 0xFF]) await e.Stalls(new(Class | Interface, SetProtocol, value, (ushort)i.Number, 0));
            var t = await e.Ends(new(In | Class | Interface, GetProtocol, 0, (ushort)i.Number, 1));
            e.Require(!t.IsOk || t.Done == 1 && t.Buffer[0] == 1, $"{t.Setup}: {Convert.ToHexString(t.Data)}");
        }
        return true;
    }

    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        foreach (var i in Interfaces(e))
            for (int request = 0; request <= 255; request++)
            {
                if (request is GetReport or GetIdle or GetProtocol or SetReport or SetIdle or SetProtocol) continue;
                await e.Stalls(new(In | Class | Interface, (byte)request, 0, (ushort)i.Number, 8));
                await e.Stalls(new(Class | Interface, (byte)request, 0, (ushort)i.Number, 0));
            }
        return true;
    }
}
