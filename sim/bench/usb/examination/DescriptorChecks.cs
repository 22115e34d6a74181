using static SharpProbe.Sim.Usb.UsbExaminer;

namespace SharpProbe.Sim.Usb;

/// <summary>GET_DESCRIPTOR (USB 2.0, 9.4.3) and SET_DESCRIPTOR (9.4.8).</summary>
internal static class DescriptorChecks
{
    private const ushort English = 0x0409;

    public static readonly UsbCheck[] Rows =
    [
        new("USB 2.0, 9.6.1", "the device descriptor comes at every wLength, cut where it is shorter", e => e.EveryLength(e.GetDescriptor(UsbDescriptorType.Device))),
        new("USB 2.0, 9.6.3", "the configuration comes at every wLength, cut where it is shorter", e => e.EveryLength(e.GetDescriptor(UsbDescriptorType.Configuration))),
        new("USB 2.0, 9.6.2", "a device that knows high speed has a qualifier, at every wLength; one that does not stalls", e => BothSpeeds(e, UsbDescriptorType.Qualifier)),
        new("USB 2.0, 9.6.4", "a device that knows high speed has the other speed's configuration, at every wLength; one that does not stalls", e => BothSpeeds(e, UsbDescriptorType.OtherSpeed)),
        new("USB 3.2, 9.6.2", "the BOS comes at every wLength", e => e.EveryLength(e.GetDescriptor(UsbDescriptorType.Bos)), e => e.Host.Identity.Bos.Length > 0),
        new("USB 2.0, 9.6.2", "a device without a BOS stalls the request for one", e => e.Stalls(e.GetDescriptor(UsbDescriptorType.Bos)), e => e.Host.Identity.Bos.Length == 0),
        new("USB 2.0, 9.6.7", "the list of languages comes at every wLength", e => e.EveryLength(e.GetDescriptor(UsbDescriptorType.String))),
        new("USB 2.0, 9.6.7", "every string that a descriptor names comes at every wLength", Strings),
        new("USB 2.0, 9.6.7", "strings that no descriptor names stall", NoStrings),
        new("USB 2.0, 9.6.7", "a string in a language that is not in the list is told or stalled, and ends", Languages),
        new("USB 2.0, 9.4.3", "configurations that are not there stall", NoConfigurations),
        new("USB 2.0, 9.4.3", "interface and endpoint descriptors cannot be had by themselves, nor types that do not exist", NoTypes),
        new("USB 2.0, 9.4.8", "SET_DESCRIPTOR stalls", SetDescriptor),
    ];

    /// <summary>At full speed on a high-speed port a device knows no other; on a full-speed port the host cannot know, and both are right, as long as they agree.</summary>
    private static async HostTask<bool> BothSpeeds(UsbExaminer e, byte type)
    {
        var host = e.Host;
        if (host.Speed == UsbSpeed.High) return await e.EveryLength(e.GetDescriptor(type));
        var qualifier = await e.Ends(e.GetDescriptor(UsbDescriptorType.Qualifier));
        if (host.PortSpeed == UsbSpeed.High) e.Require(qualifier.Status == UsbTransferStatus.Stall, $"{qualifier.Setup}: {qualifier.Status} from a device that did not chirp");
        return qualifier.IsOk ? await e.EveryLength(e.GetDescriptor(type)) : await e.Stalls(e.GetDescriptor(type));
    }

    private static SortedSet<int> Named(UsbExaminer e)
    {
        var (device, configuration) = (e.Host.Identity.Descriptor!, e.Configuration);
        SortedSet<int> all = [device.Manufacturer, device.Product, device.Serial, configuration.Text, .. configuration.Interfaces.Select(i => i.Text), .. configuration.Associations.Select(a => a.Text)];
        all.Remove(0);
        return all;
    }

    private static async HostTask<bool> Strings(UsbExaminer e)
    {
        foreach (int index in Named(e))
        {
            var t = await e.Ask(e.GetDescriptor(UsbDescriptorType.String, index, English, 255));
            e.Require(t.IsOk && t.Done >= 4 && t.Done % 2 == 0 && t.Buffer[0] == t.Done && t.Buffer[1] == UsbDescriptorType.String, $"{t.Setup}: {t.Status} {Convert.ToHexString(t.Data)}");
            await e.EveryLength(e.GetDescriptor(UsbDescriptorType.String, index, English));
        }
        return true;
    }

    private static async HostTask<bool> NoStrings(UsbExaminer e)
    {
        var named = Named(e);
        foreach (var loader in e.Of(0xFE, 1).Where(i => i.Protocol == 2))
        {
            // GET_STATUS of DFU names a string that says what is the matter (iString).
            var status = await e.Ask(new(In | Class | Interface, 3, 0, (ushort)loader.Number, 6));
            if (status.Done == 6) named.Add(status.Buffer[5]);
        }
        for (int index = 1; index <= 255; index++)
            if (!named.Contains(index)) await e.Stalls(e.GetDescriptor(UsbDescriptorType.String, index, English, 255));
        return true;
    }

    private static async HostTask<bool> Languages(UsbExaminer e)
    {
        int[] languages = [0, 0x0407, 0x040C, 0x0411, 0x0809, 0x0904, 0xFFFF];
        foreach (int index in Named(e))
        {
            var english = await e.Ask(e.GetDescriptor(UsbDescriptorType.String, index, English, 255));
            foreach (int language in languages)
            {
                var t = await e.Ends(e.GetDescriptor(UsbDescriptorType.String, index, language, 255));
                e.Require(!t.IsOk || t.Data.SequenceEqual(english.Data), $"{t.Setup}: another text than in English");
            }
        }
        return true;
    }

    private static async HostTask<bool> NoConfigurations(UsbExaminer e)
    {
        foreach (byte type in (byte[])[UsbDescriptorType.Configuration, UsbDescriptorType.OtherSpeed])
            for (int index = e.Host.Identity.Descriptor!.Configurations; index <= 255; index = index < 16 ? index + 1 : index + 17) await e.Stalls(e.GetDescriptor(type, index));
        return true;
    }

    private static async HostTask<bool> NoTypes(UsbExaminer e)
    {
        byte[] there = [UsbDescriptorType.Device, UsbDescriptorType.Configuration, UsbDescriptorType.String, UsbDescriptorType.Qualifier, UsbDescriptorType.OtherSpeed, UsbDescriptorType.Bos];
        for (int type = 0; type <= 255; type++)
            if (!there.Contains((byte)type)) await e.Stalls(e.GetDescriptor((byte)type, length: 64));
        return true;
    }

    private static async HostTask<bool> SetDescriptor(UsbExaminer e)
    {
        foreach (byte type in (byte[])[UsbDescriptorType.Device, UsbDescriptorType.Configuration, UsbDescriptorType.String])
            foreach (ushort length in (ushort[])[0, 18, 64, 100]) await e.Stalls(new(Device, 7, (ushort)(type << 8), 0, length));
        return true;
    }
}
