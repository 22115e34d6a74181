using SharpProbe.Usb;
using SharpProbe.Tests.GdbServing;
using SharpProbe.Usb.Cdc;

namespace SharpProbe.Tests.Usb;

/// <summary>The device with a host that does whole transfers.</summary>
internal sealed class DeviceRig
{
    public DeviceRig(bool high = true, string serial = "0123456789AB", int mode = 0)
    {
        Bus = new(high);
        Usb = new(Bus, System.Text.Encoding.ASCII.GetBytes(serial), UsbModes.Rows()[mode], Dap, Dap, Time);
        Bus.BusReset();
    }

    public FakeController Bus { get; }
    public ProbeUsb Usb { get; }
    public FakeClock Time { get; } = new();
    public FakeServer Dap { get; } = new();
    public UsbDevice Device => Usb.Device;
    public CdcPort Port => Usb.Console;

    /// <summary>Packets of the last data stage.</summary>
    public int Packets { get; private set; }

    public DeviceRig Configured()
    {
        Assert.True(NoData(0x00, 9, 1, 0));
        return this;
    }

    /// <summary>Configured, DTR on, its notification fetched.</summary>
    public DeviceRig Opened()
    {
        Configured();
        Dtr(true);
        Bus.Take(CdcFunction.Notify(0));
        return this;
    }

    public void Dtr(bool on) => Assert.True(NoData(0x21, 0x22, on ? 3 : 0, 0));

    /// <summary>A transfer with data to the host. Null: STALL.</summary>
    public byte[]? In(byte type, byte request, int value, int index, int length)
    {
        Bus.Setup(type, request, value, index, length);
        var all = new List<byte>();
        for (Packets = 0; Packets == 0 || Packets * 64 == all.Count && all.Count < length;)
        {
            if (Bus.Take(0x80) is not { } packet)
            {
                Assert.True(Bus.IsHalted(0x80), $"no packet after {all.Count} bytes");
                return null;
            }
            Packets++;
            all.AddRange(packet);
        }
        if (length != 0) Assert.True(Bus.Give(0, []), "no status stage");
        return [.. all];
    }

    public byte[]? Descriptor(DescriptorKind kind, int index = 0, int length = 0xFFFF) => In(0x80, 6, (int)kind << 8 | index, kind == DescriptorKind.String && index != 0 ? 0x409 : 0, length);

    /// <summary>A transfer with data to the device. False: STALL.</summary>
    public bool Out(byte type, byte request, int value, int index, byte[] data, int? length = null)
    {
        Bus.Setup(type, request, value, index, length ?? data.Length);
        for (int at = 0; at < data.Length; at += 64)
            if (!Bus.Give(0, data.AsSpan(at, Math.Min(64, data.Length - at)))) break;
        return Status();
    }

    /// <summary>A transfer without data. False: STALL.</summary>
    public bool NoData(byte type, byte request, int value, int index)
    {
        Bus.Setup(type, request, value, index, 0);
        return Status();
    }

    private bool Status()
    {
        if (Bus.Take(0x80) is { } packet)
        {
            Assert.Empty(packet);
            return true;
        }
        Assert.True(Bus.IsHalted(0x80), "neither an answer nor a stall");
        return false;
    }
}
