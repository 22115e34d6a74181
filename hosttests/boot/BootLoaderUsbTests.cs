using SharpProbe.Sim.Usb;

namespace SharpProbe.Tests.Boot;

/// <summary>The boot loader as a USB device: requests that make no sense, and a cable that is pulled in the middle of an update.</summary>
public class BootLoaderUsbTests
{
    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void After_random_requests_an_update_goes_through(string board)
    {
        var rig = new BootRig(board).InApplication();
        rig.Machine.Pin(BootRig.Button(board)).Net.Attach("button", SharpProbe.Sim.Pins.Drive.Low);
        rig.PowerCycle().InBootLoader();
        var run = new UsbFuzz(rig.Host, 1).Run(1000);
        for (int i = 0; i < 200 && !run.IsCompleted; i++) rig.Run(50);
        Assert.True(run.IsCompleted);
        rig.Host.Reset();
        rig.InBootLoader().Client.Write(rig.Image, rig.Start, leave: false);
        Assert.Equal(rig.Image, rig.Client.Read(rig.Start, rig.Image.Length));
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void A_cable_that_is_pulled_in_the_middle_costs_only_another_try(string board)
    {
        var rig = new BootRig(board, application: false).InBootLoader();
        foreach (int milliseconds in new[] { 3, 40, 700, 1500, 3000 })
        {
            ulong pull = rig.Machine.Time.Now + (ulong)milliseconds * BootRig.Millisecond;
            bool Run(ulong duration)
            {
                if (rig.Machine.Time.Now < pull) return rig.Machine.RunFor(duration);
                if (rig.Host.Device is not null) rig.Host.Unplug();
                throw new OperationCanceledException();
            }
            Assert.Throws<OperationCanceledException>(() => new DfuSeClient(rig.Host, Run).Write(rig.Image, rig.Start));
            rig.Run(20).InBootLoader();
        }
        rig.Client.Write(rig.Image, rig.Start);
        rig.InApplication();
        Assert.Equal("", string.Join("\n", rig.Host.Findings.All));
    }

    [Fact]
    public void A_bus_reset_in_the_middle_of_an_erase_is_survived()
    {
        var rig = new BootRig("devebox_h743", application: false).InBootLoader();
        int blocks = 0;
        bool Run(ulong duration)
        {
            if (duration > 500 * BootRig.Millisecond && blocks++ == 1) throw new OperationCanceledException();
            return rig.Machine.RunFor(duration);
        }
        Assert.Throws<OperationCanceledException>(() => new DfuSeClient(rig.Host, Run).Write(rig.Image, rig.Start));
        rig.Host.Reset();
        rig.Run(3000).InBootLoader();
        rig.Client.Write(rig.Image, rig.Start);
        rig.InApplication();
    }
}
