using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>Control transfers that break off: a new SETUP is always taken (USB 2.0, 8.5.3 and 5.5.5).</summary>
internal static class ControlChecks
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000;

    public static readonly UsbCheck[] Rows =
    [
        new("USB 2.0, 8.5.3", "a SETUP in the middle of data to the host, at every microsecond, begins anew", DataIn),
        new("USB 2.0, 8.5.3", "a SETUP in the middle of a request without data, at every microsecond, begins anew", NoData),
        new("USB 2.0, 8.5.3", "a SETUP after a SETUP whose data nobody fetched is answered", Abandoned),
        new("USB 2.0, 8.5.3.4", "a SETUP after a STALL is answered, a hundred times", AfterStall),
    ];

    private static async HostTask<bool> DataIn(UsbExaminer e)
    {
        byte[] device = e.Host.Identity.Descriptor!.Bytes.ToArray();
        var all = e.GetDescriptor(UsbDescriptorType.Configuration, length: e.Configuration.TotalLength);
        ulong end = e.Host.Speed == UsbSpeed.High ? 60u : 300u, step = e.Host.Speed == UsbSpeed.High ? 1u : 5u;
        for (ulong after = 0; after < end; after += step)
        {
            await e.CutShort(all, after * Microsecond);
            await e.Expect(e.GetDescriptor(UsbDescriptorType.Device, length: 18), device);
        }
        return true;
    }

    private static async HostTask<bool> NoData(UsbExaminer e)
    {
        byte value = (byte)e.Configuration.Value;
        ulong end = e.Host.Speed == UsbSpeed.High ? 30u : 150u, step = e.Host.Speed == UsbSpeed.High ? 1u : 5u;
        for (ulong after = 0; after < end; after += step)
        {
            await e.CutShort(new(Device, UsbSetup.SetConfiguration, value, 0, 0), after * Microsecond);
            await e.Expect(new(In, UsbSetup.GetConfiguration, 0, 0, 1), value);
        }
        e.Anew();
        return true;
    }

    private static async HostTask<bool> Abandoned(UsbExaminer e)
    {
        for (int i = 0; i < 20; i++)
        {
            await e.CutShort(e.GetDescriptor(UsbDescriptorType.Configuration), 2 * Microsecond);
            await e.CutShort(e.GetDescriptor(UsbDescriptorType.String), 2 * Microsecond);
            await e.CutShort(new(In, UsbSetup.GetStatus, 0, 0, 2), 2 * Microsecond);
            await e.Good(new(In, UsbSetup.GetStatus, 0, 0, 2));
        }
        return true;
    }

    private static async HostTask<bool> AfterStall(UsbExaminer e)
    {
        for (int i = 0; i < 100; i++)
        {
            await e.Stalls(e.GetDescriptor(0x77));
            await e.Good(new(In, UsbSetup.GetStatus, 0, 0, 2));
        }
        return true;
    }
}
