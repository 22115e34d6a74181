namespace SharpProbe.Sim.Usb;

/// <summary>Asks for one row of the list, counts its questions and keeps its complaints.</summary>
public sealed class UsbExaminer(UsbHost host)
{
    public const byte In = 0x80, Class = 0x20, Vendor = 0x40, Reserved = 0x60, Device = 0, Interface = 1, Endpoint = 2;
    public const ushort Halt = 0, RemoteWakeup = 1, TestMode = 2;

    private const ulong Millisecond = TimeBase.Second / 1000;

    /// <summary>More complaints than these are the same again.</summary>
    private const int Most = 20;

    private readonly List<string> _complaints = [];

    public UsbHost Host => host;
    public UsbConfiguration Configuration => host.Identity.Configuration!;
    public int Questions { get; private set; }
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Numbers of the configuration's interfaces.</summary>
    public IEnumerable<int> Interfaces => Configuration.Interfaces.Select(i => i.Number).Distinct();

    /// <summary>Interfaces of a class and subclass, first settings.</summary>
    public IEnumerable<UsbInterface> Of(int @class, int subClass) => Configuration.Interfaces.Where(i => i.Class == @class && i.SubClass == subClass && i.Alternate == 0);

    public void Require(bool good, string sentence)
    {
        if (good || _complaints.Count >= Most || _complaints.Contains(sentence)) return;
        _complaints.Add(sentence);
        host.Findings.Add(sentence);
    }

    public async HostTask<UsbTransfer> Ask(UsbSetup setup, byte[]? data = null)
    {
        Questions++;
        return await host.Control(setup, data ?? (setup.IsIn ? null : new byte[setup.Length]));
    }

    public async HostTask<bool> Expect(UsbSetup setup, params byte[] bytes)
    {
        var t = await Ask(setup);
        Require(t.IsOk && t.Data.SequenceEqual(bytes), $"{setup}: {t.Status} {Convert.ToHexString(t.Data)}, where {Convert.ToHexString(bytes)} is due");
        return t.IsOk;
    }

    public async HostTask<bool> Good(UsbSetup setup, byte[]? data = null)
    {
        var t = await Ask(setup, data);
        Require(t.IsOk, $"{setup} ends with {t.Status}");
        return t.IsOk;
    }

    public async HostTask<bool> Stalls(UsbSetup setup)
    {
        var t = await Ask(setup);
        Require(t.Status == UsbTransferStatus.Stall, $"{setup}: {t.Status}{(t.IsOk && setup.IsIn ? $" and {t.Done} bytes" : "")}; STALL is due (USB 2.0, 9.2.7)");
        return true;
    }

    /// <summary>Accepted or refused, but ended.</summary>
    public async HostTask<UsbTransfer> Ends(UsbSetup setup, byte[]? data = null)
    {
        var t = await Ask(setup, data);
        Require(t.Status is UsbTransferStatus.Ok or UsbTransferStatus.Stall, $"{setup}: {t.Status}");
        return t;
    }

    /// <summary>The answer at every wLength from 0 to two more than there is, and at the greatest: its first bytes each time, and never more than there is.</summary>
    public async HostTask<bool> EveryLength(UsbSetup setup)
    {
        var all = await Ask(setup with { Length = 0xFFFF });
        Require(all.IsOk && all.Done > 0, $"{all.Setup}: {all.Status}, {all.Done} bytes");
        if (!all.IsOk) return false;
        byte[] whole = all.Data.ToArray();
        for (int length = 0; length <= whole.Length + 2; length++)
        {
            var t = await Ask(setup with { Length = (ushort)length });
            Require(t.IsOk && t.Data.SequenceEqual(whole.AsSpan(0, Math.Min(length, whole.Length))), $"{t.Setup}: {t.Status}, {t.Done} bytes{(t.IsOk ? ", not the descriptor's first ones" : "")}");
        }
        return true;
    }

    public UsbSetup GetDescriptor(byte type, int index = 0, int language = 0, int length = 0xFFFF) => new(In, UsbSetup.GetDescriptor, (ushort)(type << 8 | index), (ushort)language, (ushort)length);

    /// <summary>A packet to or from an endpoint, given up after 5 ms (interrupt: four intervals more).</summary>
    public async HostTask<UsbTransferStatus> Attempt(UsbPipeInfo pipe)
    {
        Questions++;
        var task = new HostTask<UsbTransfer>();
        var attempt = host.Transfer(pipe.Endpoint, new byte[pipe.MaxPacket], task.Complete);
        // An interrupt endpoint is asked once an interval, and no answer three times in a row is none.
        var limit = host.Time.After(4 * pipe.Interval + 5 * Millisecond, () => host.Cancel(attempt));
        await task;
        limit.Cancel();
        return attempt.Status;
    }

    /// <summary>The endpoints besides 0.</summary>
    public IReadOnlyList<UsbPipeInfo> Endpoints => [.. host.Identity.Pipes.Select(p => new UsbPipeInfo(p.Endpoint, p.MaxPacket, p.Interval))];

    /// <summary>The host's toggles begin with DATA0: of one endpoint, or of all.</summary>
    public void Anew(int? endpoint = null)
    {
        foreach (var pipe in host.Identity.Pipes)
            if (endpoint is null || pipe.Endpoint == endpoint) pipe.Toggle = pipe.PingFirst = false;
    }

    /// <summary>Begins a control transfer and takes it back after a while, whatever it was about to do.</summary>
    public async HostTask<bool> CutShort(UsbSetup setup, ulong after, byte[]? data = null)
    {
        Questions++;
        var cut = new UsbTransfer(host.ControlPipe, setup.IsIn ? new byte[setup.Length] : data ?? [], setup);
        host.Submit(cut);
        await Wait(host.SubmitLatency + after);
        host.Cancel(cut);
        return true;
    }

    /// <summary>Simulated time passes, in whatever state the bus is.</summary>
    public HostTask<bool> Wait(ulong duration)
    {
        var task = new HostTask<bool>();
        host.Time.After(duration, () => task.Complete(true));
        return task;
    }

    /// <summary>Until the host has configured the device, at most so long.</summary>
    public async HostTask<bool> Configured(ulong atMost)
    {
        Questions++;
        for (ulong end = host.Time.Now + atMost; !host.IsConfigured && host.Time.Now < end;) await Wait(Millisecond);
        Require(host.IsConfigured, $"the device is not configured after {atMost / Millisecond} ms: {host.State}");
        return host.IsConfigured;
    }
}
