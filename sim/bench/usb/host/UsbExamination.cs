namespace SharpProbe.Sim.Usb;

/// <summary>
/// What no operating system asks in everyday use and a tester does: every standard request in its legal and illegal forms (USB 2.0, 9.2.7 and 9.4), halts, lengths
/// that do not fit, requests cut short, states. The device is configured before and after; ports must not be open. Results are findings.
/// </summary>
public sealed class UsbExamination(UsbHost host)
{
    private const byte In = 0x80, Device = 0, Interface = 1, Endpoint = 2;
    private const ushort Halt = 0, RemoteWakeup = 1, NoInterface = 99, NoEndpoint = 0x8F;
    private const ulong Millisecond = TimeBase.Second / 1000;

    private UsbConfiguration Configuration => host.Identity.Configuration!;

    /// <summary>Runs all; let simulated time pass until it is completed (well under 2 s).</summary>
    public async HostTask<bool> Run()
    {
        await Status();
        await Halts();
        await Lengths();
        await Unknown();
        await Interfaces();
        await Lines();
        await CutShort();
        await Unconfigured();
        return true;
    }

    private async HostTask<bool> Status()
    {
        bool self = (Configuration.Attributes & 0x40) != 0, wakes = (Configuration.Attributes & 0x20) != 0;
        await Expect(new(In | Device, UsbSetup.GetStatus, 0, 0, 2), self ? 1 : 0, 0);
        await Expect(new(In | Device, UsbSetup.GetConfiguration, 0, 0, 1), Configuration.Value);
        if (wakes)
        {
            await Good(new(Device, UsbSetup.SetFeature, RemoteWakeup, 0, 0));
            await Expect(new(In | Device, UsbSetup.GetStatus, 0, 0, 2), (self ? 1 : 0) | 2, 0);
            await Good(new(Device, UsbSetup.ClearFeature, RemoteWakeup, 0, 0));
        }
        else await Stalls(new(Device, UsbSetup.SetFeature, RemoteWakeup, 0, 0));
        await Expect(new(In | Device, UsbSetup.GetStatus, 0, 0, 2), self ? 1 : 0, 0);
        await Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, 0, 2), 0, 0);
        return true;
    }

    private async HostTask<bool> Halts()
    {
        foreach (var pipe in host.Identity.Pipes)
        {
            ushort e = (ushort)pipe.Endpoint;
            await Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, e, 2), 0, 0);
            await Good(new(Endpoint, UsbSetup.SetFeature, Halt, e, 0));
            await Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, e, 2), 1, 0);
            var task = new HostTask<UsbTransfer>();
            var attempt = host.Transfer(e, new byte[pipe.MaxPacket], task.Complete);
            var limit = host.Time.After(300 * Millisecond, () => host.Cancel(attempt));
            await task;
            limit.Cancel();
            Require(attempt.Status == UsbTransferStatus.Stall, $"endpoint 0x{e:X2} is halted, and a transfer ends with {attempt.Status}");
            await Good(new(Endpoint, UsbSetup.ClearFeature, Halt, e, 0));
            pipe.Toggle = false;
            await Expect(new(In | Endpoint, UsbSetup.GetStatus, 0, e, 2), 0, 0);
        }
        return true;
    }

    private async HostTask<bool> Lengths()
    {
        await Prefixes(UsbDescriptorType.Device, 0, host.Identity.Descriptor!.Bytes.ToArray(), 0, 1, 8, 17, 19, 64, 255, 0xFFFF);
        byte[] all = Configuration.Bytes.ToArray();
        await Prefixes(UsbDescriptorType.Configuration, 0, all, 0, 4, 8, 9, 63, 64, 65, 128, all.Length - 1, all.Length + 1, 1024, 0xFFFF);
        var languages = await host.Control(new(In, UsbSetup.GetDescriptor, UsbDescriptorType.String << 8, 0, 2));
        Require(languages is { IsOk: true, Done: 2 }, $"{languages.Setup}: {languages.Status}, {languages.Done} bytes");
        return true;
    }

    private async HostTask<bool> Prefixes(byte type, int index, byte[] whole, params int[] lengths)
    {
        foreach (int length in lengths)
        {
            var t = await host.Control(new(In, UsbSetup.GetDescriptor, (ushort)(type << 8 | index), 0, (ushort)length));
            Require(t.IsOk && t.Data.SequenceEqual(whole.AsSpan(0, Math.Min(length, whole.Length))), $"{t.Setup}: {t.Status}, {t.Done} bytes{(t.IsOk ? ", not the descriptor's first ones" : "")}");
        }
        return true;
    }

    private async HostTask<bool> Unknown()
    {
        await Stalls(new(In, UsbSetup.GetDescriptor, 0x7700, 0, 64));
        await Stalls(new(In, UsbSetup.GetDescriptor, UsbDescriptorType.Configuration << 8 | 5, 0, 64));
        await Stalls(new(In, UsbSetup.GetDescriptor, UsbDescriptorType.String << 8 | 0xEF, 0x0409, 255));
        await Stalls(new(In, 0xFF, 0, 0, 4));
        await Stalls(new(Device, 0xFF, 0, 0, 0));
        await Stalls(new(Device, UsbSetup.SetConfiguration, 77, 0, 0));
        await Stalls(new(In | Endpoint, UsbSetup.GetStatus, 0, NoEndpoint, 2));
        await Stalls(new(Endpoint, UsbSetup.SetFeature, Halt, NoEndpoint, 0));
        await Stalls(new(In | Interface, UsbSetup.GetStatus, 0, NoInterface, 2));
        await Stalls(new(In | Interface, UsbSetup.GetInterface, 0, NoInterface, 1));
        await Stalls(new(0x20 | In | Interface, 0x7E, 0, NoInterface, 8));
        await Stalls(new(0x20 | Interface, 0x7E, 0, NoInterface, 0));
        await Expect(new(In | Device, UsbSetup.GetConfiguration, 0, 0, 1), Configuration.Value);
        return true;
    }

    private async HostTask<bool> Interfaces()
    {
        foreach (int i in Configuration.Interfaces.Select(i => i.Number).Distinct())
        {
            await Expect(new(In | Interface, UsbSetup.GetStatus, 0, (ushort)i, 2), 0, 0);
            await Expect(new(In | Interface, UsbSetup.GetInterface, 0, (ushort)i, 1), 0);
            // A device with one setting may accept or stall its choice (9.4.10); either way both toggles are told to begin again.
            var chosen = await host.Control(new(Interface, UsbSetup.SetInterface, 0, (ushort)i, 0));
            Require(chosen.Status is UsbTransferStatus.Ok or UsbTransferStatus.Stall, $"{chosen.Setup}: {chosen.Status}");
            if (chosen.IsOk)
                foreach (var e in Configuration.Interfaces.Where(x => x.Number == i).SelectMany(x => x.Endpoints))
                    foreach (var pipe in host.Identity.Pipes.Where(p => p.Endpoint == e.Address)) pipe.Toggle = false;
            await Stalls(new(Interface, UsbSetup.SetInterface, 9, (ushort)i, 0));
        }
        return true;
    }

    private async HostTask<bool> Lines()
    {
        foreach (var i in Configuration.Interfaces.Where(i => i is { Class: 2, SubClass: 2 }))
        {
            byte[] line = new CdcLine(921_600, 2, 1, 7).ToBytes();
            await Good(CdcLine.SetCoding(i.Number), line);
            await Expect(CdcLine.GetCoding(i.Number), [.. line.Select(b => (int)b)]);
            await Expect(CdcLine.GetCoding(i.Number) with { Length = 3 }, [.. line.Take(3).Select(b => (int)b)]);
            var tooLong = await host.Control(CdcLine.GetCoding(i.Number) with { Length = 64 });
            Require(tooLong.IsOk && tooLong.Done == 7, $"{tooLong.Setup}: {tooLong.Status}, {tooLong.Done} bytes");
            // Nonsense: accepted or refused, but ended.
            await Ends(CdcLine.SetCoding(i.Number) with { Length = 0 }, []);
            await Ends(CdcLine.SetCoding(i.Number) with { Length = 3 }, new byte[3]);
            await Ends(CdcLine.SetCoding(i.Number) with { Length = 64 }, new byte[64]);
            await Ends(CdcLine.SetCoding(i.Number) with { Length = 4096 }, new byte[4096]);
            await Good(CdcLine.SetCoding(i.Number), CdcLine.AtProbe.ToBytes());
        }
        return true;
    }

    /// <summary>A new SETUP before the old transfer's end is always taken (8.5.3).</summary>
    private async HostTask<bool> CutShort()
    {
        foreach (ulong after in new ulong[] { 0, 1, 3, 10, 30, 100 })
        {
            var setup = new UsbSetup(In, UsbSetup.GetDescriptor, UsbDescriptorType.Configuration << 8, 0, (ushort)Configuration.TotalLength);
            var cut = new UsbTransfer(host.ControlPipe, new byte[setup.Length], setup);
            host.Submit(cut);
            await host.Delay(host.SubmitLatency + after * (Millisecond / 1000));
            host.Cancel(cut);
            await Prefixes(UsbDescriptorType.Device, 0, host.Identity.Descriptor!.Bytes.ToArray(), 18);
        }
        return true;
    }

    private async HostTask<bool> Unconfigured()
    {
        await Good(new(Device, UsbSetup.SetConfiguration, 0, 0, 0));
        await Expect(new(In | Device, UsbSetup.GetConfiguration, 0, 0, 1), 0);
        foreach (var pipe in host.Identity.Pipes)
        {
            var task = new HostTask<UsbTransfer>();
            var attempt = host.Transfer(pipe.Endpoint, new byte[pipe.MaxPacket], task.Complete);
            var limit = host.Time.After(300 * Millisecond, () => host.Cancel(attempt));
            await task;
            limit.Cancel();
            Require(attempt.Status is UsbTransferStatus.NoAnswer or UsbTransferStatus.Stall, $"endpoint 0x{pipe.Endpoint:X2} of a device that is not configured: a transfer ends with {attempt.Status}");
        }
        await Stalls(new(In | Interface, UsbSetup.GetStatus, 0, 0, 2));
        await Good(new(Device, UsbSetup.SetConfiguration, (ushort)Configuration.Value, 0, 0));
        foreach (var pipe in host.Identity.Pipes) pipe.Toggle = pipe.PingFirst = false;
        await Expect(new(In | Device, UsbSetup.GetConfiguration, 0, 0, 1), Configuration.Value);
        return true;
    }

    private async HostTask<bool> Expect(UsbSetup setup, params int[] bytes)
    {
        var t = await host.Control(setup);
        Require(t.IsOk && t.Data.SequenceEqual(bytes.Select(b => (byte)b).ToArray()), $"{setup}: {t.Status} {Convert.ToHexString(t.Data)}, where {Convert.ToHexString([.. bytes.Select(b => (byte)b)])} is due");
        return t.IsOk;
    }

    private async HostTask<bool> Good(UsbSetup setup, byte[]? data = null)
    {
        var t = await host.Control(setup, data);
        Require(t.IsOk, $"{setup} ends with {t.Status}");
        return t.IsOk;
    }

    private async HostTask<bool> Stalls(UsbSetup setup)
    {
        var t = await host.Control(setup);
        Require(t.Status == UsbTransferStatus.Stall, $"{setup}: {t.Status}{(t.IsOk ? $" and {t.Done} bytes" : "")}; STALL is due (USB 2.0, 9.2.7)");
        return true;
    }

    private async HostTask<bool> Ends(UsbSetup setup, byte[] data)
    {
        var t = await host.Control(setup, data);
        Require(t.Status is UsbTransferStatus.Ok or UsbTransferStatus.Stall, $"{setup}: {t.Status}");
        return true;
    }

    private void Require(bool good, string sentence) => host.Findings.Require(good, sentence);
}
