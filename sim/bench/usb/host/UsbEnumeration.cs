using System.Text;

namespace SharpProbe.Sim.Usb;

/// <summary>
/// From the pull-up to bound drivers, request by request as Linux 6 does it (hub.c hub_port_init with the new scheme, config.c, message.c), with its delays. On top of
/// Linux: at high speed the qualifier and the other speed's configuration are read too, as USB 2.0, 9.6.2 has them.
/// </summary>
internal sealed class UsbEnumeration(UsbHost host)
{
    private const ulong Millisecond = TimeBase.Second / 1000, ResetRecovery = 50 * Millisecond, AddressRecovery = 10 * Millisecond;
    /// <summary>TRSTRCY (USB 2.0, 7.1.7.5): for one that has shown that it is sound.</summary>
    private const ulong ShortResetRecovery = 10 * Millisecond;
    private const int Tries = 4, FirstTries = 3, FirstLength = 64, StringLength = 255, Language = 0x0409;

    /// <summary>HID 1.11, 7.2.4.</summary>
    private const byte SetIdle = 10;

    private readonly int _session = host.Session;
    private readonly UsbIdentity _identity = new();
    private UsbFindings Findings => host.Findings;

    public async HostTask<bool> Run(bool debounce)
    {
        host.Identity = _identity;
        if (debounce) await host.Delay(host.Debounce);
        for (int i = 0; i < Tries; i++)
        {
            if (!await Address()) continue;
            if (!await Describe()) continue;
            if (!await Configure()) continue;
            host.Enter(UsbHostState.Configured);
            return true;
        }
        Findings.Add("the device does not enumerate");
        host.Enter(UsbHostState.Failed);
        return false;
    }

    /// <summary>After a reset of a device that is known already. Ends in state Configured, or as <see cref="Run"/> does.</summary>
    public async HostTask<bool> Restore(UsbIdentity before, int configuration, IReadOnlyDictionary<int, int> alternates)
    {
        var speed = host.Speed;
        host.Identity = before;
        before.Pipes.Clear();
        await host.DriveReset(host.ResetTime);
        await host.Delay(ShortResetRecovery);
        host.ControlPipe.MaxPacket = Math.Clamp(before.Descriptor!.MaxPacket0, 8, 64);
        int address = host.NextAddress();
        bool same = host.Speed == speed && await Set(UsbSetup.SetAddress, address);
        if (same)
        {
            host.ControlPipe.Address = before.Address = address;
            await host.Delay(AddressRecovery);
            same = await Says(UsbDescriptorType.Device, before.Descriptor.Bytes.ToArray()) && await Says(UsbDescriptorType.Configuration, before.Configuration!.Bytes.ToArray());
        }
        if (same && configuration != 0) same = await Set(UsbSetup.SetConfiguration, configuration);
        if (!same) return await Run(debounce: false);
        if (configuration == before.Configuration!.Value)
            foreach (var i in before.Configuration.Interfaces)
            {
                int alternate = alternates.GetValueOrDefault(i.Number);
                if (i.Alternate != alternate) continue;
                if (alternate != 0) await Alive(host.Control(new(1, UsbSetup.SetInterface, (ushort)alternate, (ushort)i.Number, 0)));
                host.Open(i);
            }
        host.Enter(UsbHostState.Configured);
        return true;
    }

    private async HostTask<bool> Says(byte type, byte[] before)
    {
        var t = await Get(type, 0, 0, before.Length);
        return t.IsOk && t.Data.SequenceEqual(before);
    }

    private async HostTask<bool> Address()
    {
        await host.DriveReset(host.ResetTime);
        await host.Delay(ResetRecovery);
        UsbTransfer? first = null;
        for (int i = 0; i < FirstTries && first is not { Done: >= 8 }; i++) first = await Get(UsbDescriptorType.Device, 0, 0, FirstLength);
        if (first is not { Done: >= 8 } || first.Buffer[1] != UsbDescriptorType.Device)
        {
            Findings.Add($"the first GET_DESCRIPTOR(device), wLength {FirstLength}, at address 0 ends with {first!.Status} and {first.Done} bytes");
            return false;
        }
        int maxPacket = first.Buffer[7];
        findingsOfFirst(first, maxPacket);
        await host.DriveReset(host.ResetTime);
        await host.Delay(ResetRecovery);
        host.ControlPipe.MaxPacket = Math.Clamp(maxPacket, 8, 64);
        int address = host.NextAddress();
        if (!await Set(UsbSetup.SetAddress, address)) return false;
        host.ControlPipe.Address = _identity.Address = address;
        await host.Delay(AddressRecovery);
        return true;

        void findingsOfFirst(UsbTransfer t, int size) => Findings.Require(t.Done == Math.Min(UsbDeviceDescriptor.Size, size), $"{t.Setup}: {t.Done} bytes came in the first packet, where bMaxPacketSize0 is {size}");
    }

    private async HostTask<bool> Describe()
    {
        var t = await Get(UsbDescriptorType.Device, 0, 0, UsbDeviceDescriptor.Size);
        if (!t.IsOk || t.Done != UsbDeviceDescriptor.Size) return Failed(t, UsbDeviceDescriptor.Size);
        var device = _identity.Descriptor = new(t.Buffer);
        DeviceCheck.Device(device, host.Speed, Findings);
        if (device.BcdUsb >= 0x0201) await Bos(device);
        if (host.Speed == UsbSpeed.Full && device.BcdUsb >= 0x0200 && host.PortSpeed == UsbSpeed.High)
        {
            var qualifier = await Get(UsbDescriptorType.Qualifier, 0, 0, 10);
            Findings.Require(qualifier.Status == UsbTransferStatus.Stall, $"{qualifier.Setup}: the device is at full speed on a high-speed port; one that knows no other answers with STALL, this one ends with {qualifier.Status}");
        }
        var configuration = await Configuration(UsbDescriptorType.Configuration);
        if (configuration is null) return false;
        _identity.Configuration = configuration;
        new ConfigurationCheck(configuration, UsbDescriptorType.Configuration, host.Speed, Findings).Run();
        DeviceCheck.Composite(device, configuration, Findings);
        if (host.Speed == UsbSpeed.High) await OtherSpeed(device, configuration);
        await Microsoft(configuration);
        await Languages();
        foreach (int index in new[] { device.Product, device.Manufacturer, device.Serial }) await Text(index);
        return true;
    }

    private async HostTask<bool> Bos(UsbDeviceDescriptor device)
    {
        var header = await Get(UsbDescriptorType.Bos, 0, 0, 5);
        if (!header.IsOk || header.Done != 5) return Failed(header, 5);
        int total = header.Buffer[2] | header.Buffer[3] << 8;
        var all = await Get(UsbDescriptorType.Bos, 0, 0, total);
        if (!all.IsOk) return Failed(all, total);
        BosCheck.Run(_identity.Bos = all.Data.ToArray(), device, Findings);
        return true;
    }

    /// <summary>As Windows 8.1 and later ask.</summary>
    private async HostTask<bool> Microsoft(UsbConfiguration configuration)
    {
        if (!MicrosoftCheck.TryFind(_identity.Bos, out byte vendorCode, out int length, Findings)) return true;
        var set = await Alive(host.Control(new(0xC0, vendorCode, 0, UsbIdentity.MicrosoftIndex, (ushort)length)));
        if (!set.IsOk) return Failed(set, length);
        var check = new MicrosoftCheck(configuration, Findings);
        check.Run(_identity.MicrosoftSet = set.Data.ToArray(), length);
        _identity.WinUsb = check.WinUsb;
        return true;
    }

    private async HostTask<bool> OtherSpeed(UsbDeviceDescriptor device, UsbConfiguration here)
    {
        var qualifier = await Get(UsbDescriptorType.Qualifier, 0, 0, 10);
        if (!qualifier.IsOk) return Failed(qualifier, 10);
        DeviceCheck.Qualifier(_identity.Qualifier = qualifier.Data.ToArray(), device, Findings);
        if (await Configuration(UsbDescriptorType.OtherSpeed) is not { } other) return false;
        _identity.OtherSpeed = other;
        new ConfigurationCheck(other, UsbDescriptorType.OtherSpeed, UsbSpeed.Full, Findings).Run();
        OtherSpeedCheck.Run(here, other, Findings);
        return true;
    }

    private async HostTask<UsbConfiguration?> Configuration(byte type)
    {
        var header = await Get(type, 0, 0, 9);
        if (!header.IsOk || header.Done != 9)
        {
            Failed(header, 9);
            return null;
        }
        int total = header.Buffer[2] | header.Buffer[3] << 8;
        var all = await Get(type, 0, 0, total);
        if (all.IsOk && all.Done >= 9) return new(all.Data.ToArray(), $"{UsbDescriptorType.Name(type)}", Findings);
        Failed(all, total);
        return null;
    }

    private async HostTask<bool> Languages()
    {
        var t = await Get(UsbDescriptorType.String, 0, 0, StringLength);
        if (!t.IsOk) return Failed(t, 4);
        bool sound = t.Done >= 4 && t.Buffer[0] == t.Done && t.Buffer[1] == UsbDescriptorType.String && t.Done % 2 == 0;
        Findings.Require(sound, $"string 0 (languages): {Convert.ToHexString(t.Data)}");
        Findings.Require(t.Done < 4 || (t.Buffer[2] | t.Buffer[3] << 8) == Language, $"the first language is 0x{t.Buffer[2] | t.Buffer[3] << 8:X4}, not 0x0409");
        return sound;
    }

    private async HostTask<bool> Text(int index)
    {
        if (index == 0 || _identity.Knows(index)) return true;
        var t = await Get(UsbDescriptorType.String, index, Language, StringLength);
        if (!t.IsOk || t.Done < 2) return Failed(t, 2);
        Findings.Require(t.Buffer[0] == t.Done && t.Buffer[1] == UsbDescriptorType.String && t.Done % 2 == 0, $"string {index}: bLength {t.Buffer[0]}, bDescriptorType {t.Buffer[1]}, {t.Done} bytes came");
        string text = Encoding.Unicode.GetString(t.Buffer, 2, (t.Done - 2) & ~1);
        Findings.Require(text.Length > 0, $"string {index} is empty");
        Findings.Require(!text.Contains('\0'), $"string {index} has a NUL in it");
        _identity.Learn(index, text);
        return true;
    }

    private async HostTask<bool> Configure()
    {
        var c = _identity.Configuration!;
        if (!await Set(UsbSetup.SetConfiguration, c.Value)) return false;
        foreach (var i in c.Interfaces.Where(i => i.Alternate == 0)) host.Open(i);
        await Text(c.Text);
        foreach (int index in c.Interfaces.Select(i => i.Text).Concat(c.Associations.Select(a => a.Text))) await Text(index);
        if (!host.BindsDrivers) return true;
        foreach (var i in c.Interfaces.Where(i => i is { Class: 2, SubClass: 2, Alternate: 0 })) await Cdc(c, i);
        foreach (var i in c.Interfaces.Where(i => i is { Class: 3, Alternate: 0 })) await Hid(i);
        foreach (var i in c.Interfaces.Where(i => i is { Class: 0xFE, SubClass: 1, Alternate: 0 })) DfuCheck.Run(c, i, _identity.Descriptor!.MaxPacket0, Findings);
        foreach (var i in c.Interfaces.Where(i => i.Alternate == 0)) DapCheck.Run(i, _identity.Text(i.Text), _identity.Product, Findings);
        return true;
    }

    private async HostTask<bool> Cdc(UsbConfiguration c, UsbInterface control)
    {
        var check = new CdcCheck(c, control, Findings);
        check.Run();
        if (check.Data is not { } data) return false;
        UsbPipe? Pipe(UsbEndpoint? e) => _identity.Pipes.Find(p => p.Endpoint == e?.Address);
        string name = _identity.Text(control.Text);
        Findings.Require(control.Text != 0, $"CDC interface {control.Number} has no string: udev rules cannot tell it from another");
        var function = new CdcFunction(name.Length > 0 ? name : $"interface {control.Number}", control.Number, data.Number, check.Capabilities, Pipe(check.Notify),
            Pipe(data.Endpoints.Find(e => e.IsIn))!, Pipe(data.Endpoints.Find(e => !e.IsIn))!);
        // acm_probe sets 9600 8N1. The answer to GET_LINE_CODING is asked for on top: other systems' drivers do.
        if (function.HasLine)
        {
            var set = await Alive(host.Control(CdcLine.SetCoding(control.Number), CdcLine.AtProbe.ToBytes()));
            if (!set.IsOk) Failed(set, 7);
            var get = await Alive(host.Control(CdcLine.GetCoding(control.Number)));
            Findings.Require(get.IsOk && get.Data.SequenceEqual(set.Buffer), $"{get.Setup}: {get.Status}, {Convert.ToHexString(get.Data)}, where {Convert.ToHexString(set.Buffer)} was set before");
        }
        host.Bind(function);
        return true;
    }

    /// <summary>As usbhid does it (hid-core.c, usbhid_parse): the idle rate, which may be refused, and the report descriptor.</summary>
    private async HostTask<bool> Hid(UsbInterface hid)
    {
        var check = new HidCheck(hid, Findings);
        check.Run();
        if (check.ReportLength == 0) return false;
        await Alive(host.Control(new(0x21, SetIdle, 0, (ushort)hid.Number, 0)));
        var t = await Alive(host.Control(new(0x81, UsbSetup.GetDescriptor, UsbDescriptorType.Report << 8, (ushort)hid.Number, (ushort)check.ReportLength)));
        if (!t.IsOk || t.Done != check.ReportLength) return Failed(t, check.ReportLength);
        _identity.Reports[hid.Number] = new(t.Data.ToArray(), $"report descriptor of interface {hid.Number}", Findings);
        return true;
    }

    private HostTask<UsbTransfer> Get(byte type, int index, int language, int length) => Alive(host.Control(new(0x80, UsbSetup.GetDescriptor, (ushort)(type << 8 | index), (ushort)language, (ushort)length)));

    private async HostTask<bool> Set(byte request, int value)
    {
        var t = await Alive(host.Control(new(0, request, (ushort)value, 0, 0)));
        return t.IsOk || Failed(t, 0);
    }

    /// <summary>Once the device has gone, or was reset by someone else, nothing comes back: this enumeration has ended.</summary>
    private async HostTask<UsbTransfer> Alive(HostTask<UsbTransfer> task)
    {
        var t = await task;
        if (_session != host.Session) await new HostTask<bool>();
        return t;
    }

    private bool Failed(UsbTransfer t, int due)
    {
        Findings.Add($"{t.Setup} ends with {t.Status}{(due > 0 ? $" and {t.Done} bytes, {due} are due" : "")}");
        return false;
    }
}
