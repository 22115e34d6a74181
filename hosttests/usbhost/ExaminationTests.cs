using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.UsbHosts;

public class ExaminationTests
{
    [Theory]
    [InlineData(UsbSpeed.High)]
    [InlineData(UsbSpeed.Full)]
    public void A_correct_device_passes_and_works_afterwards(UsbSpeed speed)
    {
        var bench = new CableBench(speed).Plugged();
        var run = new UsbExamination(bench.Host).Run();
        bench.Run(2000 * CableBench.Millisecond);
        Assert.True(run.IsCompleted);
        Assert.Equal([], bench.Findings);
        bench.Port.Open();
        bench.Device.Echo = true;
        bench.Port.Write("still here"u8);
        bench.Run(5 * CableBench.Millisecond);
        Assert.Equal("still here"u8.ToArray(), bench.Port.ReadAll());
        Assert.Equal([], bench.Findings);
    }

    [Fact] public void A_device_that_pads_short_reads_is_found()
    {
        var bench = new CableBench().Plugged();
        bench.Device.Alter = a => a.Length == 17 ? new byte[17] : a;
        new UsbExamination(bench.Host).Run();
        bench.Run(2000 * CableBench.Millisecond);
        Assert.Contains(bench.Findings, f => f.Contains("wLength 17"));
    }

    [Fact] public void Random_requests_all_end()
    {
        var bench = new CableBench().Plugged();
        var fuzz = new UsbFuzz(bench.Host, 1);
        var run = fuzz.Run(1000);
        for (int i = 0; i < 100 && !run.IsCompleted; i++) bench.Run(100 * CableBench.Millisecond);
        Assert.True(run.IsCompleted);
        Assert.Equal([], bench.Findings);
    }
}
