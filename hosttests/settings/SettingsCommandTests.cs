using System.Text;
using SharpProbe.Monitoring;
using SharpProbe.Settings;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.Flashing;
using SharpProbe.Tests.GdbServing;

namespace SharpProbe.Tests.Settings;

public class SettingsCommandTests
{
    private readonly FakeFlash _flash = new(32, 1, 4096, 4096);
    private readonly ProbeMonitor _monitor = new(new FakeSession(), new FakeClock(), new FakeBackground());

    public SettingsCommandTests() => Restart();

    private void Restart() => _monitor.Settings = new(new SettingsStore(_flash, 0));

    private string Type(string line)
    {
        var output = new TextLog();
        return (_monitor.Execute(Encoding.ASCII.GetBytes(line), output) == CommandResult.Done ? "" : "!") + output.Text;
    }

    [Fact] public void Without_any_the_list_says_so() => Assert.Equal("""
        usb_mode: not set (what the USB device offers)
        swd_frequency: not set (SWCLK in Hz after start)
        calibration: not set (delay loops for 1 kHz, fastest clock in Hz)
        They take effect at the next start. Flash erased so far: 0

        """.ReplaceLineEndings("\n"), Type("settings"));

    [Theory]
    [InlineData("usb_mode trace", "usb_mode: trace")]
    [InlineData("swd_frequency 4000000", "swd_frequency: 4000000")]
    [InlineData("swd_frequency 4M", "swd_frequency: 4000000")]
    [InlineData("calibration 9011 8000000", "calibration: 9011 8000000")]
    public void A_value_is_kept(string typed, string shown)
    {
        Assert.StartsWith(shown + " (", Type("settings " + typed));
        Restart();
        Assert.Contains(shown + " (", Type("settings"));
        Assert.StartsWith(shown + " (", Type("settings " + typed.Split(' ')[0]));
    }

    [Theory]
    [InlineData("settings usb_mode sideways", "!usage: settings usb_mode full|trace\n")]
    [InlineData("settings usb_mode fu", "!usage: settings usb_mode full|trace\n")]
    [InlineData("settings swd_frequency fast", "!usage: settings swd_frequency n|nk|nM\n")]
    [InlineData("settings swd_frequency 1 2", "!usage: settings swd_frequency n|nk|nM\n")]
    [InlineData("settings swd_frequency 99999999999", "!usage: settings swd_frequency n|nk|nM\n")]
    [InlineData("settings calibration 5", "!usage: settings calibration loops hertz\n")]
    [InlineData("settings colour", "!no setting \"colour\": there are usb_mode swd_frequency calibration\n")]
    [InlineData("settings clear colour", "!no setting \"colour\": there are usb_mode swd_frequency calibration\n")]
    public void What_makes_no_sense_is_refused_in_words_and_changes_nothing(string typed, string said)
    {
        Assert.Equal(said, Type(typed));
        Assert.Equal(0, _flash.Operations);
    }

    [Fact] public void One_is_cleared_or_all()
    {
        Type("settings swd_frequency 4M");
        Type("settings usb_mode trace");
        Assert.StartsWith("usb_mode: not set", Type("settings clear usb_mode"));
        Assert.Contains("swd_frequency: 4000000", Type("settings"));
        Assert.Contains("swd_frequency: not set", Type("settings clear"));
        Restart();
        Assert.Equal(0, _monitor.Settings!.Store.Count);
    }

    [Fact] public void A_flash_that_fails_is_told()
    {
        for (int i = 0; i < 20; i++) _flash.Refused.Add(i);
        Assert.Equal("!The flash does not take it; the old value stays.\n", Type("settings swd_frequency 4M"));
    }

    [Fact] public void A_mode_that_this_firmware_does_not_know_is_its_first()
    {
        _monitor.Settings!.Store.Set(1, "sideways"u8);
        Assert.Equal("full", _monitor.Settings.UsbMode.Name);
        Assert.Contains("usb_mode: sideways", Type("settings"));
    }

    [Fact] public void A_value_of_another_length_counts_as_none()
    {
        _monitor.Settings!.Store.Set(2, "abc"u8);
        _monitor.Settings.Store.Set(3, "abcd"u8);
        Assert.Equal((0u, false), (_monitor.Settings.SwdFrequency, _monitor.Settings.TryCalibration(out _, out _)));
    }

    [Fact] public void A_probe_without_a_store_says_so()
    {
        _monitor.Settings = null;
        Assert.Equal("!This probe has no memory for settings.\n", Type("settings"));
    }
}
