using SharpProbe.Conformance;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Conform;

/// <summary>A board with its own firmware on the bench, an STM32F103 at its pins, and a host that uses one of its CMSIS-DAP interfaces.</summary>
public sealed class BenchTransport : IDapTransport
{
    private readonly bool _hid;

    public BenchTransport(string board, bool hid, UsbSpeed port = UsbSpeed.High)
    {
        (_hid, Name) = (hid, $"the bench, {board}, {(hid ? "HID" : "bulk")}");
        Host = new(board, hid, speed: port);
        // Some cases stop in the middle of an answer: both ends drive for a moment, as they would on a desk.
        Host.Machine.Nets.ConflictStops = false;
    }

    public DapHost Host { get; }
    public string Name { get; }
    public bool KeepsLength => !_hid;
    public int PacketSize { get; set; }
    public TimeSpan Now => TimeSpan.FromSeconds(Host.Machine.Time.Now / (double)TimeBase.Second);

    public void Send(ReadOnlySpan<byte> request) => Host.Send(request.ToArray());

    public byte[]? Receive(TimeSpan timeout)
    {
        try
        {
            return Host.TryReceive((ulong)(timeout.TotalSeconds * TimeBase.Second));
        }
        catch (IOException stop)
        {
            throw new TransportLost(stop.Message);
        }
    }

    public void Reopen() => Host.Reopen();

    public void Dispose() { }
}
