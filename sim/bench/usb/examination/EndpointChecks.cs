using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>Halts (USB 2.0, 5.5.5, 9.4.5 and 9.4.9), and endpoints of a device that is not configured (9.1.1.5).</summary>
internal static class EndpointChecks
{
    public static readonly UsbCheck[] Rows =
    [
        new("USB 2.0, 9.4.5", "every endpoint halts when told, stalls then, says so, and works again when told", Halts, Has),
        new("USB 2.0, 9.4.5", "clearing a halt that is not set is accepted", Clear, Has),
        new("USB 2.0, 9.4.5", "all endpoints halted at once do not hold up endpoint 0", All, Has),
        new("USB 2.0, 9.4.9", "a halt of endpoint 0 is accepted or stalled, and the next request is answered", Zero),
        new("USB 2.0, 9.1.1.5", "endpoints of a device that is not configured do not answer", Unconfigured, Has),
        new("USB 2.0, 9.4", "requests to interfaces and endpoints of a device that is not configured stall", NoInterfaces),
    ];

    private static bool Has(UsbExaminer e) => e.Endpoints.Count > 0;

    private static async HostTask<bool> Halts(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints)
        {
            ushort n = (ushort)pipe.Endpoint;
            await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, n, 2), 0, 0);
            await e.Good(new(Endpoint, UsbSetup.SetFeature, Halt, n, 0));
            await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, n, 2), 1, 0);
            var status = await e.Attempt(pipe);
            e.Require(status == UsbTransferStatus.Stall, $"endpoint 0x{n:X2} is halted, and a transfer ends with {status}");
            await e.Good(new(Endpoint, UsbSetup.ClearFeature, Halt, n, 0));
            e.Anew(pipe.Endpoint);
            await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, n, 2), 0, 0);
            status = await e.Attempt(pipe);
            e.Require(status is UsbTransferStatus.Ok or UsbTransferStatus.Cancelled, $"the halt of endpoint 0x{n:X2} is over, and a transfer ends with {status}");
        }
        return await Anew(e);
    }

    private static async HostTask<bool> Clear(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints)
        {
            for (int i = 0; i < 3; i++) await e.Good(new(Endpoint, UsbSetup.ClearFeature, Halt, (ushort)pipe.Endpoint, 0));
            e.Anew(pipe.Endpoint);
        }
        return true;
    }

    private static async HostTask<bool> All(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints) await e.Good(new(Endpoint, UsbSetup.SetFeature, Halt, (ushort)pipe.Endpoint, 0));
        await e.EveryLength(e.GetDescriptor(UsbDescriptorType.Device));
        foreach (var pipe in e.Endpoints)
        {
            await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)pipe.Endpoint, 2), 1, 0);
            await e.Good(new(Endpoint, UsbSetup.ClearFeature, Halt, (ushort)pipe.Endpoint, 0));
            e.Anew(pipe.Endpoint);
        }
        return true;
    }

    private static async HostTask<bool> Zero(UsbExaminer e)
    {
        foreach (ushort n in (ushort[])[0, 0x80])
        {
            await e.Ends(new(Endpoint, UsbSetup.SetFeature, Halt, n, 0));
            await e.Good(new(In, UsbSetup.GetStatus, 0, 0, 2));
            await e.Ends(new(Endpoint, UsbSetup.ClearFeature, Halt, n, 0));
            await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, n, 2), 0, 0);
        }
        return true;
    }

    private static async HostTask<bool> Unconfigured(UsbExaminer e)
    {
        await e.Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
        foreach (var pipe in e.Endpoints)
        {
            var status = await e.Attempt(pipe);
            e.Require(status is UsbTransferStatus.NoAnswer or UsbTransferStatus.Stall, $"endpoint 0x{pipe.Endpoint:X2} of a device that is not configured: a transfer ends with {status}");
        }
        return await Anew(e);
    }

    private static async HostTask<bool> NoInterfaces(UsbExaminer e)
    {
        await e.Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
        foreach (int i in e.Interfaces)
        {
            await e.Stalls(new(In | Interface, UsbSetup.GetStatus, 0, (ushort)i, 2));
            await e.Stalls(new(In | Interface, UsbSetup.GetInterface, 0, (ushort)i, 1));
            await e.Stalls(new(Interface, UsbSetup.SetInterface, 0, (ushort)i, 0));
        }
        foreach (var pipe in e.Endpoints)
        {
            await e.Stalls(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)pipe.Endpoint, 2));
            await e.Stalls(new(Endpoint, UsbSetup.SetFeature, Halt, (ushort)pipe.Endpoint, 0));
        }
        return await Anew(e);
    }

    private static async HostTask<bool> Anew(UsbExaminer e)
    {
        await e.Good(new(Device, UsbSetup.SetConfiguration, (ushort)e.Configuration.Value, 0, 0));
        e.Anew();
        return true;
    }
}
