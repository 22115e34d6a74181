using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>Suspend, resume and reset (USB 2.0, 7.1.7 and 9.1).</summary>
internal static class StateChecks
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000;

    public static readonly UsbCheck[] Rows =
    [
        new("USB 2.0, 9.1.1.6", "address, configuration and halts outlast a suspend, five times", Suspend),
        new("USB 2.0, 7.1.7.5", "a reset ends halts, and the device enumerates as before", Reset),
        new("USB 2.0, 7.1.7.5", "a reset in the middle of a request, at ten moments, does not matter", ResetAmid),
        new("USB 2.0, 7.1.7.5", "a reset out of suspend does not matter", ResetAsleep),
    ];

    private static async HostTask<bool> Suspend(UsbExaminer e)
    {
        int? halted = e.Endpoints.Count > 0 ? e.Endpoints[0].Endpoint : null;
        if (halted is { } h) await e.Good(new(Endpoint, UsbSetup.SetFeature, Halt, (ushort)h, 0));
        foreach (ulong length in (ulong[])[4, 5, 10, 50, 200])
        {
            e.Host.Suspend();
            await e.Wait(length * Millisecond);
            e.Host.Resume();
            if (!await e.Configured(200 * Millisecond)) return false;
            await e.Expect(new(In, UsbSetup.GetConfiguration, 0, 0, 1), (byte)e.Configuration.Value);
            if (halted is { } n) await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)n, 2), 1, 0);
        }
        if (halted is not { } last) return true;
        await e.Good(new(Endpoint, UsbSetup.ClearFeature, Halt, (ushort)last, 0));
        e.Anew(last);
        return true;
    }

    private static async HostTask<bool> Reset(UsbExaminer e)
    {
        foreach (var pipe in e.Endpoints) await e.Good(new(Endpoint, UsbSetup.SetFeature, Halt, (ushort)pipe.Endpoint, 0));
        if (!await Enumerated(e)) return false;
        foreach (var pipe in e.Endpoints) await e.Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, (ushort)pipe.Endpoint, 2), 0, 0);
        return true;
    }

    private static async HostTask<bool> ResetAmid(UsbExaminer e)
    {
        for (int i = 0; i < 10; i++)
        {
            _ = e.Ask(e.GetDescriptor(UsbDescriptorType.Configuration));
            await e.Wait(e.Host.SubmitLatency + (ulong)(i * 7) * Microsecond);
            if (!await Enumerated(e)) return false;
        }
        return true;
    }

    private static async HostTask<bool> ResetAsleep(UsbExaminer e)
    {
        e.Host.Suspend();
        await e.Wait(20 * Millisecond);
        return await Enumerated(e);
    }

    private static HostTask<bool> Enumerated(UsbExaminer e)
    {
        e.Host.Reset();
        return e.Configured(2000 * Millisecond);
    }
}
