using SharpProbe.Sim;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

/// <summary>A host and a software device on one cable; time moves when the test says so.</summary>
internal sealed class CableBench
{
    public const ulong Microsecond = TimeBase.Second / 1_000_000, Millisecond = TimeBase.Second / 1000;

    public CableBench(UsbSpeed speed = UsbSpeed.High)
    {
        Host = new(Time, speed) { Debounce = 10 * Millisecond, ResetTime = 10 * Millisecond };
        Device = new(Time);
    }

    public TimeBase Time { get; } = new(216_000_000);
    public UsbHost Host { get; }
    public FakeDevice Device { get; }
    public IReadOnlyList<string> Findings => Host.Findings.All;

    public CdcPort Port => Host.Cdc(FakeDevice.PortName);

    /// <summary>Plugs in and enumerates.</summary>
    public CableBench Plugged()
    {
        Host.Plug(Device);
        Run(400 * Millisecond);
        return this;
    }

    public CdcPort Opened()
    {
        Plugged();
        Port.Open();
        Run(5 * Millisecond);
        return Port;
    }

    public void Run(ulong duration)
    {
        ulong end = Time.CycleAt(Time.Now + duration);
        while (Time.Deadline <= end)
        {
            Time.Cycles = Math.Max(Time.Cycles, Time.Deadline);
            Time.RunDue();
        }
        Time.Cycles = Math.Max(Time.Cycles, end);
    }
}
