using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Nxp;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>Simulated Kinetis and LPC parts, judged by OpenOCD's kinetis and lpc2000 drivers and by pyOCD's algorithms, in a Linux computer, through the probe.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class NxpTargetTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";
    private const int Size = 16 * 1024;

    /// <summary>On the bench, OpenOCD's file, what a reset that leaves flash at 0 and no short watchdog is, what its driver says, pyOCD's name if it knows it, first RAM.</summary>
    private static readonly (string Name, string OpenOcd, string Reset, string Says, string PyOcd, uint Ram)[] s_targets =
    [
        ("mkl25z128", "kl25", "reset halt", "Kinetis MKL25Z128xxx4 detected: 1 flash blocks", "kl25z", 0x2000_0000),
        ("mk64fn1m0", "k60", "reset halt", "Kinetis MK64FN1M0xxx12 detected: 2 flash blocks", "k64f", 0x2000_0000),
        ("mke18f512", "ke1xf", "reset init", "Kinetis MKE18F512xxx16 detected: 2 flash blocks", "ke18f16", 0x2000_0000),
        ("mke06z128", "ke0x", "reset halt", "KE06 sub-family", "", 0x2000_0000),
        ("mke02z64", "ke0x", "reset halt", "KE02 sub-family", "", 0x2000_0000),
        ("lpc1768", "lpc17xx", "reset init", "flash 'lpc2000' found at 0x00000000", "lpc1768", 0x1000_0000),
        ("lpc11u24", "lpc11xx", "reset init", "flash 'lpc2000' found at 0x00000000", "lpc11u24", 0x1000_0000),
        ("lpc1343", "lpc13xx", "reset init", "flash 'lpc2000' found at 0x00000000", "", 0x1000_0000),
        ("lpc824", "lpc8xx", "reset init", "flash 'lpc2000' found at 0x00000000", "lpc824", 0x1000_0000),
        ("lpc1549", Lpc15, "reset init", "flash 'lpc2000' found at 0x00000000", "", 0x0200_0000),
        ("lpc4088", "lpc40xx", "reset init", "flash 'lpc2000' found at 0x00000000", "lpc4088", 0x1000_0000),
        ("lpc4357", "lpc4357", "halt", "flash 'lpc2000' found at 0x1a000000", "", 0x1000_0000),
    ];

    /// <summary>OpenOCD's driver knows the LPC15xx, and no file of it does.</summary>
    private const string Lpc15 = "/exchange/lpc15xx";

    private const string Lpc15File = """
        source [find target/swj-dp.tcl]
        swj_newdap lpc15xx cpu -irlen 4 -expected-id 0x2ba01477
        dap create lpc15xx.dap -chain-position lpc15xx.cpu
        target create lpc15xx.cpu cortex_m -dap lpc15xx.dap
        lpc15xx.cpu configure -work-area-phys 0x02000000 -work-area-size 0x4000 -work-area-backup 0
        lpc15xx.cpu configure -event reset-init { mww 0x40074000 2 }
        adapter speed 500
        flash bank lpc15xx.flash lpc2000 0 0x40000 0 0 lpc15xx.cpu lpc1500 12000 calc_checksum
        cortex_m reset_config sysresetreq

        """;

    public static TheoryData<string> Targets => [.. s_targets.Select(t => t.Name)];

    public static TheoryData<string> KnownToPyOcd => [.. s_targets.Where(t => t.PyOcd != "").Select(t => t.Name)];

    [GuestTheory, MemberData(nameof(Targets)), Accepts(ForeignDriver.OpenOcd)]
    public void OpenOcds_own_driver_erases_programs_and_verifies_it(string name) => With(name, (probe, ram) =>
    {
        var (_, file, reset, says, _, _) = s_targets.First(t => t.Name == name);
        // The program does not serve the K64's watchdog, which resets it every 238 ms, and those of the KE1x and KE0x every 8 and 4.
        bool watched = name.StartsWith("mk64", StringComparison.Ordinal) || name.StartsWith("mke", StringComparison.Ordinal);
        // What its file has for a reset, VECTRESET while the core runs, is unpredictable on a Cortex-M4, and it warns of it.
        string[] again = name == "lpc4357" ? [$"reg pc {NxpImage.Start}"] : ["reset run", "sleep 10", "halt"];
        if (file == Lpc15) Guest.Send("lpc15xx.cfg", Encoding.ASCII.GetBytes(Lpc15File));
        string said = OpenOcd.Reprogram(file, Guest, output.WriteLine, "usb_bulk", FlashOf(probe), NxpImage.Of(Size, ram + 0x1000, name), ["adapter speed 8000", reset],
            [$"mww {ram + 0x200} 0xcafe4711", $"mdw {ram + 0x200}", .. watched ? (string[])[] : [.. again, $"bp {NxpImage.Loop} 2 hw", "resume", "wait_halt 2000", "reg pc", $"rbp {NxpImage.Loop}", again.Length == 1 ? "resume" : "reset run"]]);
        Assert.Contains(says, said);
        Assert.Contains($"0x{ram + 0x200:x8}: cafe4711", said);
        if (!watched) Assert.Contains($"pc (/32): 0x{NxpImage.Loop:x8}", said);
    });

    [GuestTheory, MemberData(nameof(KnownToPyOcd)), Accepts(ForeignDriver.PyOcd)]
    public void PyOcds_own_algorithm_programs_it(string name) => With(name, (probe, ram) =>
    {
        byte[] bytes = NxpImage.Of(Size, ram + 0x1000);
        string image = Guest.Send("flash.bin", bytes);
        var run = Guest.Run($"pyocd-flashtool -t {s_targets.First(t => t.Name == name).PyOcd} -f 4000000 -hp -se -a 0 {image}", 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Equal("", string.Join("\n", run.Good.Split('\n').Where(line => Regex.IsMatch(line, "^(ERROR|CRITICAL|WARNING|Traceback)|Error:"))));
        probe.Until(() => probe.Target.Read(NxpImage.Start, 4, out uint word, out _) && word == 0x46C0_46C0, "the program is not there");
        Assert.Equal(bytes[0x40..], probe.Bench(() => probe.Target.Chip.Bus.Find(0)!.Region!.Span[0x40..Size].ToArray()));
    });

    [GuestTheory]
    [InlineData("mkl25z128", "kl25", "kinetis", 0x40C)]
    [InlineData("mke06z128", "ke0x", "kinetis_ke", 0x40E)]
    public void OpenOcd_opens_a_secured_Kinetis(string name, string file, string driver, int security) => With(name, (probe, _) =>
    {
        probe.Bench(() =>
        {
            byte[] image = NxpImage.Of(Size);
            image[security] = 0xFF;
            probe.Target.Load(image, 0);
        });
        // No calm session: OpenOCD reports that it cannot examine a closed part.
        var run = Guest.Run(OpenOcd.LineFor(file, "usb_bulk", "init", $"{driver} mdm mass_erase", "shutdown"), 60);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        // Its file for the KE0x looks only where the core could be examined.
        if (driver == "kinetis") Assert.Contains("Your Kinetis MCU is in secured state", run.Text);
        probe.Bench(() =>
        {
            Assert.False(((Kinetis)probe.Target).IsSecured);
            Assert.Equal(0xFE, ((Kinetis)probe.Target).Part.Array.Span[security]);
            Assert.Equal(0xFF, ((Kinetis)probe.Target).Part.Array.Span[0]);
        });
    });

    private static uint FlashOf(GuestProbe probe) => probe.Target is Lpc lpc ? lpc.Part.Part.Banks[0] : 0;

    private void With(string name, Action<GuestProbe, uint> test, [CallerMemberName] string method = "") => With(Board, probe =>
    {
        uint ram = s_targets.First(t => t.Name == name).Ram;
        probe.Bench(() => probe.Target.Load(NxpImage.Of(0x800, ram + 0x1000, name), FlashOf(probe)));
        test(probe, ram);
    }, target: name, name: $"{method}-{name}");
}
