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
        var examination = Finish(bench);
        Assert.Equal("", string.Join("\n", bench.Findings));
        Assert.All(examination.Results, r => Assert.True(r.Passed));
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
        Finish(bench);
        Assert.Contains(bench.Findings, f => f.Contains("wLength 17"));
    }

    private static UsbExamination Finish(CableBench bench)
    {
        var examination = new UsbExamination(bench.Host);
        var run = examination.Run();
        for (int i = 0; i < 600 && !run.IsCompleted; i++) bench.Run(100 * CableBench.Millisecond);
        Assert.True(run.IsCompleted, $"not completed, at: {examination.Current?.Sentence}");
        return examination;
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
