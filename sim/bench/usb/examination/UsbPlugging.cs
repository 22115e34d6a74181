namespace SharpProbe.Sim.Usb;

/// <summary>
/// Plugs in, many times: each time the cable comes out (or the port resets, or the plug is pulled again in the middle of enumeration), and at the end the device has to be configured and say
/// what it said at first. Repeatable by its seed.
/// </summary>
public sealed class UsbPlugging(UsbHost host, int seed)
{
    private const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000, Patience = 3000 * Millisecond;

    private readonly Random _random = new(seed);

    /// <summary>Times that the device was configured again.</summary>
    public int Enumerations { get; private set; }

    /// <summary>Times that the cable was pulled before that.</summary>
    public int Interrupted { get; private set; }

    /// <summary>Null, or what went wrong and in which round.</summary>
    public string? Trouble { get; private set; }

    public async HostTask<bool> Run(int rounds, IUsbDevice device)
    {
        byte[]? first = null;
        for (int i = 0; i < rounds; i++)
        {
            await Disturb(device);
            var examiner = new UsbExaminer(host);
            for (ulong end = host.Time.Now + Patience; !host.IsConfigured && host.State != UsbHostState.Failed && host.Time.Now < end;) await examiner.Wait(Millisecond);
            byte[] now = Said();
            first ??= now;
            if (!host.IsConfigured) Trouble = $"not configured but {host.State}";
            else if (!now.AsSpan().SequenceEqual(first)) Trouble = "another device than at first";
            else if (host.Findings.All.Count > 0) Trouble = host.Findings.All[0];
            if (Trouble is not null)
            {
                Trouble = $"seed {seed}, round {i}: {Trouble}";
                return false;
            }
            Enumerations++;
        }
        return true;
    }

    private byte[] Said()
    {
        var (device, configuration) = (host.Identity.Descriptor, host.Identity.Configuration);
        return device is null || configuration is null ? [] : [.. device.Bytes, .. configuration.Bytes, .. System.Text.Encoding.UTF8.GetBytes(host.Identity.Serial)];
    }

    private async HostTask<bool> Disturb(IUsbDevice device)
    {
        var examiner = new UsbExaminer(host);
        if (host.IsConfigured && _random.Next(4) == 0)
        {
            host.Reset();
            return true;
        }
        for (bool again = true; again;)
        {
            host.Unplug();
            await examiner.Wait((ulong)_random.Next(100, 20_000) * Microsecond);
            host.Plug(device);
            again = _random.Next(4) == 0;
            if (!again) break;
            Interrupted++;
            await examiner.Wait((ulong)_random.Next(0, 400_000) * Microsecond);
        }
        return true;
    }
}
