using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>Standard requests in their legal and illegal forms (USB 2.0, 9.4), and what is no request at all (9.2.7).</summary>
internal static class RequestChecks
{
    private const byte SetDescriptor = 7, SynchFrame = 12;

    public static readonly UsbCheck[] Rows =
    [
        new("USB 2.0, 9.4.5", "GET_STATUS tells of power and remote wake-up as the configuration has them", DeviceStatus),
        new("USB 2.0, 9.4.5", "GET_STATUS of every interface and endpoint is 0", Statuses),
        new("USB 2.0, 9.4.5", "GET_STATUS of interfaces and endpoints that are not there stalls", NoStatuses),
        new("USB 2.0, 9.4.9", "remote wake-up is on and off as asked where the configuration has it, and stalls where not", Wakeup),
        new("USB 2.0, 9.4.9", "features that do not exist stall, for device, interfaces and endpoints", NoFeatures),
        new("USB 2.0, 9.4.9", "TEST_MODE with a selector that does not exist stalls", NoTests),
        new("USB 2.0, 9.4.9", "halting an endpoint that is not there stalls", NoHalts),
        new("USB 2.0, 9.4.7", "SET_CONFIGURATION with any other value stalls and changes nothing", NoConfigurations),
        new("USB 2.0, 9.4.7", "SET_CONFIGURATION 0 and back, ten times", Configurations),
        new("USB 2.0, 9.4.7", "SET_CONFIGURATION with the present value ends all halts", Again, e => e.Endpoints.Count > 0),
        new("USB 2.0, 9.4.4", "every interface says 0 to GET_INTERFACE and lets setting 0 be chosen, or stalls that", Interfaces),
        new("USB 2.0, 9.4.10", "settings and interfaces that are not there stall", NoInterfaces),
        new("USB 2.0, 9.4.11", "SYNCH_FRAME stalls on endpoints that are not isochronous", Synch),
        new("USB 2.0, 9.2.7", "standard requests that do not exist stall", Unknown),
        new("USB 2.0, 9.2.7", "standard requests in the wrong direction or to the wrong recipient stall", Misdirected),
        new("USB 2.0, 9.3.1", "requests of the reserved type, and to reserved recipients, stall", ReservedOnes),
    ];

    private static bool SelfPowered(UsbExaminer e) => (e.Configuration.Attributes & 0x40) != 0;

    private static bool Wakes(UsbExaminer e) => (e.Configuration.Attributes & 0x20) != 0;

    private static HostTask<bool> DeviceStatus(UsbExaminer e) => e.Expect(new(In, UsbSetup.GetStatus, 0, 0, 2), SelfPowered(e) ? (byte)1 : (byte)0, 0);

    private static async HostTask<bool> Statuses(UsbExaminer e)
    {
        foreach (int i in e.Interfaces) await e.Expect(new(In | Interface, UsbSetup.GetStatus, 0, (ushort)i, 2), 0, 0);
        foreach (int n in e.Endpoints.Select(p => p.Endpoint).Append(0).Append(0x80)) await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)n, 2), 0, 0);
        return true;
    }

    private static IEnumerable<ushort> MissingInterfaces(UsbExaminer e) => Enumerable.Range(0, 256).Except(e.Interfaces).Select(i => (ushort)i);

    private static IEnumerable<ushort> MissingEndpoints(UsbExaminer e) => Enumerable.Range(0, 32).Select(i => i & 15 | (i & 16) << 3).Except(e.Endpoints.Select(p => p.Endpoint)).Where(n => (n & 15) != 0).Select(n => (ushort)n);

    private static async HostTask<bool> NoStatuses(UsbExaminer e)
    {
        foreach (ushort i in MissingInterfaces(e)) await e.Stalls(new(In | Interface, UsbSetup.GetStatus, 0, i, 2));
        foreach (ushort n in MissingEndpoints(e)) await e.Stalls(new(In | Endpoint, UsbSetup.GetStatus, 0, n, 2));
        return true;
    }

    private static async HostTask<bool> Wakeup(UsbExaminer e)
    {
        byte power = SelfPowered(e) ? (byte)1 : (byte)0;
        if (!Wakes(e))
        {
            await e.Stalls(new(Device, UsbSetup.SetFeature, RemoteWakeup, 0, 0));
            return await e.Expect(new(In, UsbSetup.GetStatus, 0, 0, 2), power, 0);
        }
        await e.Good(new(Device, UsbSetup.SetFeature, RemoteWakeup, 0, 0));
        await e.Expect(new(In, UsbSetup.GetStatus, 0, 0, 2), (byte)(power | 2), 0);
        await e.Good(new(Device, UsbSetup.ClearFeature, RemoteWakeup, 0, 0));
        return await e.Expect(new(In, UsbSetup.GetStatus, 0, 0, 2), power, 0);
    }

    private static async HostTask<bool> NoFeatures(UsbExaminer e)
    {
        ushort[] selectors = [.. Enumerable.Range(0, 32).Select(i => (ushort)i), 0x00FF, 0x0100, 0x8000, 0xFFFF];
        foreach (byte request in (byte[])[UsbSetup.SetFeature, UsbSetup.ClearFeature])
            foreach (ushort selector in selectors)
            {
                if (selector is not (RemoteWakeup or TestMode)) await e.Stalls(new(Device, request, selector, 0, 0));
                // Interface 0 may have a function that can be suspended only in USB 3 (FUNCTION_SUSPEND is 0 there).
                await e.Stalls(new(Interface, request, selector, (ushort)e.Interfaces.First(), 0));
                if (selector != Halt && e.Endpoints.Count > 0) await e.Stalls(new(Endpoint, request, selector, (ushort)e.Endpoints[0].Endpoint, 0));
            }
        // Cleared only by power (9.4.9): "cannot be cleared".
        return await e.Stalls(new(Device, UsbSetup.ClearFeature, TestMode, 0, 0));
    }

    private static async HostTask<bool> NoTests(UsbExaminer e)
    {
        foreach (int selector in (int[])[0, 6, 0x3F, 0xBF, 0xFF]) await e.Stalls(new(Device, UsbSetup.SetFeature, TestMode, (ushort)(selector << 8), 0));
        return true;
    }

    private static async HostTask<bool> NoHalts(UsbExaminer e)
    {
        foreach (ushort n in MissingEndpoints(e))
        {
            await e.Stalls(new(Endpoint, UsbSetup.SetFeature, Halt, n, 0));
            await e.Stalls(new(Endpoint, UsbSetup.ClearFeature, Halt, n, 0));
        }
        return true;
    }

    private static async HostTask<bool> NoConfigurations(UsbExaminer e)
    {
        for (int value = 1; value <= 255; value++)
            if (value != e.Configuration.Value) await e.Stalls(new(Device, UsbSetup.SetConfiguration, (ushort)value, 0, 0));
        return await e.Expect(new(In, UsbSetup.GetConfiguration, 0, 0, 1), (byte)e.Configuration.Value);
    }

    private static async HostTask<bool> Configurations(UsbExaminer e)
    {
        for (int i = 0; i < 10; i++)
        {
            await e.Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
            await e.Expect(new(In, UsbSetup.GetConfiguration, 0, 0, 1), 0);
            await e.Good(new(Device, UsbSetup.SetConfiguration, (ushort)e.Configuration.Value, 0, 0));
            await e.Expect(new(In, UsbSetup.GetConfiguration, 0, 0, 1), (byte)e.Configuration.Value);
        }
        e.Anew();
        return true;
    }

    private static async HostTask<bool> Again(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints) await e.Good(new(Endpoint, UsbSetup.SetFeature, Halt, (ushort)pipe.Endpoint, 0));
        await e.Good(new(Device, UsbSetup.SetConfiguration, (ushort)e.Configuration.Value, 0, 0));
        e.Anew();
        foreach (var pipe in e.Endpoints) await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)pipe.Endpoint, 2), 0, 0);
        return true;
    }

    private static async HostTask<bool> Interfaces(UsbExaminer e)
    {
        foreach (int i in e.Interfaces)
        {
            await e.Expect(new(In | Interface, UsbSetup.GetInterface, 0, (ushort)i, 1), 0);
            // A device with one setting may stall its choice (9.4.10); where it accepts, the toggles begin again.
            var chosen = await e.Ends(new(Interface, UsbSetup.SetInterface, 0, (ushort)i, 0));
            if (chosen.IsOk)
                foreach (var endpoint in e.Configuration.Interfaces.Where(x => x.Number == i).SelectMany(x => x.Endpoints)) e.Anew(endpoint.Address);
            await e.Expect(new(In | Interface, UsbSetup.GetInterface, 0, (ushort)i, 1), 0);
        }
        return true;
    }

    private static async HostTask<bool> NoInterfaces(UsbExaminer e)
    {
        foreach (int i in e.Interfaces)
            foreach (ushort setting in (ushort[])[7, 0xFF, 0x0100, 0xFFFF]) await e.Stalls(new(Interface, UsbSetup.SetInterface, setting, (ushort)i, 0));
        foreach (ushort i in MissingInterfaces(e).Take(20).Append((ushort)0xFFFF))
        {
            await e.Stalls(new(In | Interface, UsbSetup.GetInterface, 0, i, 1));
            await e.Stalls(new(Interface, UsbSetup.SetInterface, 0, i, 0));
        }
        return true;
    }

    private static async HostTask<bool> Synch(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints) await e.Stalls(new(In | Endpoint, SynchFrame, 0, (ushort)pipe.Endpoint, 2));
        return await e.Stalls(new(In | Endpoint, SynchFrame, 0, 0x80, 2));
    }

    private static async HostTask<bool> Unknown(UsbExaminer e)
    {
        for (int request = 0; request <= 255; request++)
        {
            if (request is 2 or 4 or > SynchFrame)
            {
                await e.Stalls(new(In, (byte)request, 0, 0, 4));
                await e.Stalls(new(Device, (byte)request, 0, 0, 0));
                await e.Stalls(new(Interface, (byte)request, 0, 0, 8));
            }
        }
        return true;
    }

    private static async HostTask<bool> Misdirected(UsbExaminer e)
    {
        foreach (byte set in (byte[])[UsbSetup.ClearFeature, UsbSetup.SetFeature, UsbSetup.SetAddress, SetDescriptor, UsbSetup.SetConfiguration, UsbSetup.SetInterface])
            foreach (byte recipient in (byte[])[Device, Interface, Endpoint]) await e.Stalls(new((byte)(In | recipient), set, 0, 0, 2));
        foreach (byte get in (byte[])[UsbSetup.GetStatus, UsbSetup.GetDescriptor, UsbSetup.GetConfiguration, UsbSetup.GetInterface, SynchFrame])
            foreach (byte recipient in (byte[])[Device, Interface, Endpoint]) await e.Stalls(new(recipient, get, 0, 0, 0));
        foreach (byte recipient in (byte[])[Interface, Endpoint])
        {
            await e.Stalls(new(recipient, UsbSetup.SetAddress, 5, 0, 0));
            await e.Stalls(new(recipient, UsbSetup.SetConfiguration, 1, 0, 0));
            await e.Stalls(new((byte)(In | recipient), UsbSetup.GetConfiguration, 0, 0, 1));
        }
        await e.Stalls(new(In | Endpoint, UsbSetup.GetDescriptor, UsbDescriptorType.Device << 8, 0, 18));
        await e.Stalls(new(In | Device, UsbSetup.GetInterface, 0, 0, 1));
        await e.Stalls(new(Device, UsbSetup.SetInterface, 0, 0, 0));
        await e.Stalls(new(Endpoint, UsbSetup.SetInterface, 0, 0, 0));
        return true;
    }

    private static async HostTask<bool> ReservedOnes(UsbExaminer e)
    {
        foreach (byte request in (byte[])[0, 1, 6, 9, 0x20, 0xFF])
        {
            for (int recipient = 0; recipient < 32; recipient++)
            {
                await e.Stalls(new((byte)(In | Reserved | recipient), request, 0, 0, 2));
                await e.Stalls(new((byte)(Reserved | recipient), request, 0, 0, 0));
            }
            for (int recipient = 4; recipient < 32; recipient++)
                foreach (byte type in (byte[])[0, Class, Vendor])
                {
                    await e.Stalls(new((byte)(In | type | recipient), request, 0, 0, 2));
                    await e.Stalls(new((byte)(type | recipient), request, 0, 0, 0));
                }
        }
        return true;
    }
}
