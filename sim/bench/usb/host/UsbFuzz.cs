namespace SharpProbe.Sim.Usb;

/// <summary>
/// Random requests on the control pipe, most of them nonsense near something sensible. Whatever they are, each has to end with data or STALL, and the device descriptor
/// has to come as before in between. Repeatable by its seed. What would rightly take the device away (address, configuration, test modes, DFU) is left out.
/// </summary>
public sealed class UsbFuzz(UsbHost host, int seed)
{
    private const int CheckEvery = 32, LongestOut = 600;

    private readonly Random _random = new(seed);

    /// <summary>Requests sent so far.</summary>
    public int Count { get; private set; }

    public async HostTask<bool> Run(int requests)
    {
        for (int i = 0; i < requests; i++, Count++)
        {
            var setup = Next();
            byte[]? data = setup.IsIn ? null : new byte[setup.Length];
            if (data is not null) _random.NextBytes(data);
            var t = await host.Control(setup, data);
            if (t.Status is not (UsbTransferStatus.Ok or UsbTransferStatus.Stall))
            {
                host.Findings.Add($"seed {seed}, request {i}: {setup} ends with {t.Status}");
                if (t.Status == UsbTransferStatus.Gone) return false;
            }
            if (i % CheckEvery != 0) continue;
            var check = await host.Control(new(0x80, UsbSetup.GetDescriptor, UsbDescriptorType.Device << 8, 0, 18));
            host.Findings.Require(check.IsOk && check.Data.SequenceEqual(host.Identity.Descriptor!.Bytes), $"seed {seed}: after request {i}, {setup}, the device descriptor is {check.Status} {Convert.ToHexString(check.Data)}");
        }
        return true;
    }

    private UsbSetup Next()
    {
        while (true)
        {
            byte type = _random.Next(3) == 0 ? (byte)_random.Next(256) : (byte)(_random.Next(2) << 7 | _random.Next(2) << 5 | _random.Next(3));
            byte request = _random.Next(3) == 0 ? (byte)_random.Next(256) : (byte)_random.Next(0x24);
            ushort value = _random.Next(3) switch { 0 => (ushort)_random.Next(65536), 1 => (ushort)(_random.Next(18) << 8 | _random.Next(8)), _ => (ushort)_random.Next(8) };
            ushort index = _random.Next(3) switch { 0 => (ushort)_random.Next(65536), 1 => 0x0409, _ => (ushort)(_random.Next(2) << 7 | _random.Next(10)) };
            bool isIn = (type & 0x80) != 0;
            ushort length = _random.Next(4) switch { 0 => 0, 1 => (ushort)_random.Next(20), 2 => (ushort)(isIn ? _random.Next(65536) : _random.Next(LongestOut)), _ => (ushort)(64 * _random.Next(1, 5)) };
            var setup = new UsbSetup(type, request, value, index, length);
            bool standard = (type & 0x60) == 0;
            if (standard && request is UsbSetup.SetAddress or UsbSetup.SetConfiguration or UsbSetup.SetFeature or UsbSetup.ClearFeature or UsbSetup.SetInterface && !isIn) continue;
            if ((type & 0x60) == 0x20 && request == 0 && !isIn) continue;       // DFU_DETACH
            return setup;
        }
    }
}
