using System.Text.RegularExpressions;

namespace SharpProbe.Tests.Guest;

/// <summary>OpenOCD in the guest, with the configuration that its users have: no option for this probe, and none for this target beyond its name.</summary>
internal static class OpenOcd
{
    /// <summary>What cmsis_dap_backend takes, for a theory's rows: board and transport.</summary>
    public static TheoryData<string, string> Transports => new()
    {
        { "stlinkv3mini", "usb_bulk" }, { "stlinkv3mini", "hid" }, { "devebox_h743", "usb_bulk" }, { "devebox_h743", "hid" },
    };

    /// <summary>The command line, one -c each.</summary>
    /// <param name="target">Of OpenOCD's own files target/….cfg; from a / on, one of ours.</param>
    /// <param name="transport">"usb_bulk" or "hid"; "auto" is what OpenOCD does by itself.</param>
    public static string LineFor(string target, string transport, params IEnumerable<string> commands) =>
        $"openocd -f interface/cmsis-dap.cfg {Option($"cmsis_dap_backend {transport}")} {Before(target)}-f {(target[0] == '/' ? "" : "target/")}{target}.cfg {string.Join(' ', commands.Select(Option))}";

    /// <summary>For an STM32F103.</summary>
    public static string Line(string transport, params IEnumerable<string> commands) => LineFor("stm32f1x", transport, commands);

    /// <summary>Runs a session that ends by itself. OpenOCD must have no warning and no error.</summary>
    public static string Session(LinuxGuest guest, Action<string> output, string transport, params IEnumerable<string> commands) => SessionFor("stm32f1x", guest, output, transport, commands);

    public static string SessionFor(string target, LinuxGuest guest, Action<string> output, string transport, params IEnumerable<string> commands)
    {
        var run = guest.Run(LineFor(target, transport, ["init", .. commands, "shutdown"]), 120);
        output($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        string said = run.Good;
        AssertCalm(said);
        return said;
    }

    /// <summary>Its driver erases, programs, verifies and reads back the flash at <paramref name="at"/>, which has these bytes then.</summary>
    /// <param name="before">Commands that come first.</param>
    /// <param name="after">Commands that come behind.</param>
    /// <param name="bank">OpenOCD's number of the flash there.</param>
    /// <returns>What it said.</returns>
    public static string Reprogram(string target, LinuxGuest guest, Action<string> output, string transport, uint at, byte[] bytes, IEnumerable<string> before, IEnumerable<string> after, int bank = 0)
    {
        string file = guest.Send("flash.bin", bytes);
        string said = SessionFor(target, guest, output, transport, [.. before, $"flash probe {bank}", $"flash write_image erase {file} {at} bin", $"verify_image {file} {at} bin", $"dump_image /exchange/back.bin {at} {bytes.Length}", .. after]);
        Assert.Contains($"wrote {bytes.Length} bytes", said);
        Assert.Contains($"verified {bytes.Length} bytes", said);
        Assert.Equal(bytes, guest.Receive("back.bin"));
        return said;
    }

    /// <summary>No line of it is a warning or an error, but that this computer was too busy to let gdb hear of OpenOCD each second, what is said of every Cortex-M7 r0p1 (STM32F746), and that a KE0x's configuration field was erased, as it is by whoever loads a program.</summary>
    public static void AssertCalm(string said) =>
        Assert.Equal("", string.Join("\n", said.Split('\n').Where(line => Regex.IsMatch(line, "^(Warn|Error)\\b|timed out|failed", RegexOptions.IgnoreCase) && !Regex.IsMatch(line, "^Warn : (keep_alive\\(\\) was not invoked|flash configuration field erased|.* Silicon bug: single stepping)"))));

    /// <summary>What their users have to say of some files: another clock than the LPC17xx', more RAM than the LPC810 has.</summary>
    private static string Before(string target) => target switch { "lpc40xx" => Option("set CCLK 12000") + " ", "lpc8xx" => Option("set WORKAREASIZE 0x1000") + " ", _ => "" };

    private static string Option(string command) => $"-c '{command}'";
}
