using System.Runtime.CompilerServices;
using SharpProbe.Sim.Chips.Rp2040;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Rp2040;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>A simulated RP2040 (SWD version 2, multi-drop, two cores, a serial flash behind a boot ROM of our own), judged by OpenOCD's own driver, in a Linux computer, through the probe.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class Rp2040Tests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini", BothCores = "", Core0 = "-c 'set USE_CORE 0' ";
    private const uint Ram = 0x2000_2000, Code = 0x2000_3000;
    private const int Size = 64 * 1024, Part = 16 * 1024;

    // movs r0, #0; adds r0, #1; b .-2
    private static readonly ushort[] s_program = [0x2000, 0x3001, 0xE7FD];

    [GuestTheory]
    [InlineData("usb_bulk")]
    [InlineData("hid")]
    public void OpenOcd_debugs_both_cores(string transport) => WithProgram(probe =>
    {
        string said = Session(BothCores, transport,
            "reset halt", "targets", "reg pc", "step", "reg pc", "reg r3 0x12345678", "reg r3", $"mww {Ram} 0xcafe4711", $"mwb {Ram + 2} 0xbb", $"mdw {Ram}",
            $"mwh {Code} 0x46c0", $"mwh {Code + 2} 0x46c0", $"mwh {Code + 4} 0xe7fe", $"reg pc {Code}", $"bp {Code + 2} 2", "resume", "wait_halt 2000", "reg pc", $"rbp {Code + 2}",
            "reset halt", $"bp {BootedImage.Start + 2} 2 hw", "resume", "wait_halt 2000", "reg pc", $"rbp {BootedImage.Start + 2}", "reg r3 0x12345678",
            "targets rp2040.core1", "halt", "mdw 0xd0000000", "reg r3 0x87654321", $"mdw {Ram}", $"reg pc {Code}", $"bp {Code + 2} 2", "resume", "wait_halt 2000", "reg pc", $"rbp {Code + 2}", "reg r3",
            "targets rp2040.core0", "mdw 0xd0000000", "reg r3");
        foreach (string text in new[] { "SWD DPIDR 0x0bc12477, DLPIDR 0x00000001", "SWD DPIDR 0x0bc12477, DLPIDR 0x10000001", "0x20002000: cabb4711", "0xd0000000: 00000001", "0xd0000000: 00000000", "r3 (/32): 0x87654321", $"pc (/32): 0x{BootedImage.Start + 2:x8}", $"pc (/32): 0x{Code + 2:x8}" }) Assert.Contains(text, said);
        Assert.EndsWith("r3 (/32): 0x12345678", said[..said.LastIndexOf("shutdown", StringComparison.Ordinal)].TrimEnd());
    });

    [GuestTheory, Accepts(ForeignDriver.OpenOcd, Rp2040.TargetName)]
    [InlineData(BothCores, "usb_bulk")]
    [InlineData(Core0, "usb_bulk")]
    [InlineData(BothCores, "hid")]
    public void OpenOcds_own_driver_erases_programs_and_verifies_its_flash(string cores, string transport) => WithProgram(probe =>
    {
        byte[] bytes = BootedImage.Of(s_program, Size);
        string file = Guest.Send("flash.bin", bytes);
        string said = Session(cores, transport, "reset halt", "flash probe 0", $"flash write_image erase {file} 0x10000000 bin", $"verify_image {file} 0x10000000 bin", $"dump_image /exchange/back.bin 0x10000000 {Size}", "reset run", "sleep 100", "halt", "reg pc");
        foreach (string text in new[] { "Found flash device 'win w25q16jv' (ID 0x001540ef)", $"wrote {Size} bytes", $"verified {Size} bytes" }) Assert.Contains(text, said);
        Assert.Matches($"pc \\(/32\\): 0x{BootedImage.Start + 2:x8}|pc \\(/32\\): 0x{BootedImage.Start + 4:x8}", said);
        Assert.Equal(bytes, Guest.Receive("back.bin"));
        probe.Bench(() => Assert.Equal(0, ((Rp2040)probe.Target).Part.Flash.Refused));
    });

    // As with OpenOcdSpeedTests: the figure is printed, the floor shows a stall. OpenOCD gives a whole call of the ROM three of its seconds. The part is new: erased.
    [GuestFigures]
    [InlineData("usb_bulk", 0.3)]
    [InlineData("hid", 0.3)]
    public void OpenOcds_own_driver_programs_its_flash_at_its_rate(string transport, double share) => WithProgram(probe =>
    {
        string file = Guest.Send("flash.bin", BootedImage.Of(s_program, Part));
        var chip = ((Rp2040)probe.Target).Part;
        int before = probe.Bench(() => chip.Flash.Programs);
        probe.StandStill(true, TimeSpan.FromMilliseconds(1));
        Session(BothCores, transport, "adapter speed 20000", "reset halt", $"flash write_image {file} 0x10010000 bin");
        probe.StandStill(false, TimeSpan.FromMilliseconds(1));
        var (programs, from, to) = probe.Bench(() => (chip.Flash.Programs - before, chip.Flash.ProgramTimes[before], chip.Flash.ProgramTimes[^1]));
        Assert.Equal(Part / 256, programs);
        // The clock of the serial bus is a sixth of the ring oscillator's: 260 bytes, then the page's own time.
        double page = FlashTimes.W25Q16.Page / 1e15, limit = 0.256 / (260 * 8 * 6 / 6.5e6 + page), rate = (Part - 256) / 1e3 / ((to - from) / 1e15);
        output.WriteLine($"{transport}: pages of one call programmed at {rate:F1} KB/s; flash and serial bus allow {limit:F1}, the flash alone {0.256 / page:F0}");
        Assert.True(rate >= share * limit, $"{rate:F1} KB/s; {share * limit:F1} are wanted");
    });

    private void WithProgram(Action<GuestProbe> test, [CallerMemberName] string name = "") => With(Board, probe =>
    {
        probe.Bench(() => probe.Target.Load(BootedImage.Of(s_program, 0x800), ChipRp2040.Xip));
        test(probe);
    }, target: Rp2040.TargetName, name: name);

    /// <summary>OpenOCD warns where nobody sets the adapter's speed; its file for this chip does not.</summary>
    private string Session(string cores, string transport, params IEnumerable<string> commands)
    {
        string line = OpenOcd.LineFor("rp2040", transport, ["adapter speed 4000", "init", .. commands, "shutdown"]).Replace("-f target/", cores + "-f target/", StringComparison.Ordinal);
        var run = Guest.Run(line, 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        OpenOcd.AssertCalm(run.Good);
        return run.Text;
    }
}
