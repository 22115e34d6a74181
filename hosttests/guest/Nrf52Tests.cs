using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Chips.Nrf52;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>A simulated nRF52832, judged by OpenOCD's and pyOCD's own drivers, in a Linux computer, through the probe.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class Nrf52Tests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";
    private const uint Start = 0x100, Ram = 0x2000_1000;
    private const int Size = 32 * 1024;

    [GuestFact] public void OpenOcd_halts_steps_breaks_and_moves_memory_and_registers() => WithProgram(probe =>
    {
        const uint Code = 0x2000_3000;
        string said = Session("usb_bulk",
            "reset halt", "reg pc", "step", "reg pc", "reg r3 0x12345678", "reg r3", "reg d2 0x3ff921fb54442d18", "reg d2",
            $"mww {Ram} 0xcafe4711", $"mwb {Ram + 2} 0xbb", $"mdw {Ram}", $"mdh {Ram + 2}",
            $"bp {Start + 12} 2 hw", "resume", "wait_halt 2000", "reg pc", $"rbp {Start + 12}",
            // NOP; NOP; branch to itself
            $"mwh {Code} 0xbf00", $"mwh {Code + 2} 0xbf00", $"mwh {Code + 4} 0xe7fe", $"reg pc {Code}", $"bp {Code + 2} 2", "resume", "wait_halt 2000", "reg pc", $"rbp {Code + 2}", "reset run");
        foreach (uint pc in new[] { Start, Start + 2, Start + 12, Code + 2 }) Assert.Contains($"pc (/32): 0x{pc:x8}", said);
        foreach (string text in new[] { "r3 (/32): 0x12345678", "d2 (/64): 0x3ff921fb54442d18", "0x20001000: cabb4711", "0x20001002: cabb", "SWD DPIDR 0x2ba01477", "6 breakpoints, 4 watchpoints" }) Assert.Contains(text, said);
    });

    [GuestTheory, Accepts(ForeignDriver.OpenOcd, Nrf52832.TargetName)]
    [InlineData("usb_bulk")]
    [InlineData("hid")]
    public void OpenOcds_own_driver_erases_programs_and_verifies_it(string transport) => WithProgram(probe =>
    {
        string said = OpenOcd.Reprogram("nrf52", Guest, output.WriteLine, transport, 0, Image(Size), ["reset halt"], ["flash probe 1", "flash fillw 0x10001080 0x600dcafe 1", "mdw 0x10001080", "reset run"]);
        foreach (string text in new[] { "nRF52832-QFAA(build code: E0) 512kB Flash, 64kB RAM", "flash 'nrf5' found at 0x00000000", "0x10001080: 600dcafe" }) Assert.Contains(text, said);
    });

    // As with OpenOcdSpeedTests: the figure is printed, the floor shows a stall.
    [GuestFigures]
    [InlineData("usb_bulk", 0.3)]
    [InlineData("hid", 0.3)]
    public void OpenOcds_own_driver_programs_it_at_its_rate(string transport, double share) => WithProgram(probe =>
    {
        string file = Guest.Send("flash.bin", Image(Size));
        Session(transport, "reset halt", $"flash erase_address 0x10000 {Size}");
        probe.Bench(() => probe.Target.Port!.Log.Capacity = 400_000);
        probe.StandStill(true, TimeSpan.FromMilliseconds(1));
        Session(transport, "reset halt", "adapter speed 20000", $"flash write_image {file} 0x10000 bin");
        probe.StandStill(false, TimeSpan.FromMilliseconds(1));
        var config = probe.Bench(() => probe.Target.Port!.Log.Entries.Where(t => t.Memory == 0x4001_E504 && !t.Request.Read).ToArray());
        double limit = Size / 1e3 / (Size / 4 * NvmcTimes.Nrf52832.Word / 1e15), rate = Size / 1e3 / ((config.Last(t => t.Data == 0).Time - config.First(t => t.Data == 1).Time) / 1e15);
        output.WriteLine($"{transport}: programmed at {rate:F1} KB/s; its flash allows {limit:F1}");
        Assert.True(rate >= share * limit, $"{rate:F1} KB/s; {share * limit:F1} are wanted");
    });

    [GuestFact] public void OpenOcd_recovers_a_protected_part() => WithProgram(probe =>
    {
        probe.Bench(() =>
        {
            ((Nrf52832)probe.Target).Part.SetUicr(0x208, 0xFFFF_FF00);
            probe.Target.SystemReset();
        });
        // No calm session: OpenOCD reports that it cannot examine a closed part, and a core without a program.
        var run = Guest.Run(OpenOcd.LineFor("nrf52", "usb_bulk", "init", "nrf52_recover", "halt", "mdw 0 4", "mdw 0x10001208", "shutdown"), 60);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        foreach (string text in new[] { "nRF52 device has AP lock engaged", "has been successfully erased and unlocked", "0x00000000: ffffffff ffffffff ffffffff ffffffff", "0x10001208: ffffffff" }) Assert.Contains(text, run.Text);
        probe.Bench(() => Assert.False(((Nrf52832)probe.Target).Part.IsProtected));
    });

    [GuestFact, Accepts(ForeignDriver.PyOcd, Nrf52832.TargetName)] public void PyOcds_own_algorithm_programs_it_and_its_tool_debugs_it() => WithProgram(probe =>
    {
        byte[] bytes = Image(Size / 2);
        string file = Guest.Send("flash.bin", bytes);
        PyOcd($"pyocd-flashtool -t nrf52 -f 4000000 -hp -se -a 0 {file}");
        Assert.Equal(bytes, probe.Bench(() => probe.Target.Chip.Bus.Find(0)!.Region!.Span[..bytes.Length].ToArray()));
        PyOcd($"pyocd-tool -t nrf52 -k 4000 savemem 0 {bytes.Length} /exchange/back.bin");
        Assert.Equal(bytes, Guest.Receive("back.bin"));
        string said = PyOcd("pyocd-tool -t nrf52 -k 4000 << 'END'", "reset -h", "reg pc", "step", "reg pc", "wreg r3 0x12345678", "reg r3", $"w32 {Ram} 0xcafe4711", $"r32 {Ram}", "go", "halt", "exit", "END");
        foreach (string text in new[] { $"pc = 0x{Start:x8}", $"pc = 0x{Start + 2:x8}", "r3 = 0x12345678", "20001000:  cafe4711" }) Assert.Contains(text, said);
    });

    /// <summary>A program that counts in r2 for ever, the FPU on; random bytes behind it.</summary>
    private static byte[] Image(int size)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x200).Clear();
        void Word(int at, uint value) => BitConverter.TryWriteBytes(image.AsSpan(at), value);
        Word(0, Ram);
        for (int n = 1; n < 64; n++) Word(n * 4, Start | 1);
        // LDR r0, =SCB_CPACR; LDR r1, [r0]; MOVS r2, #15; LSLS r2, #20; ORRS r1, r2; STR r1, [r0]; ADDS r2, #1; B .-2
        ushort[] code = [0x4803, 0x6801, 0x220F, 0x0512, 0x4311, 0x6001, 0x3201, 0xE7FD];
        for (int i = 0; i < code.Length; i++) BitConverter.TryWriteBytes(image.AsSpan((int)Start + i * 2), code[i]);
        Word(0x110, 0xE000_ED88);
        return image;
    }

    private void WithProgram(Action<GuestProbe> test, [CallerMemberName] string name = "") => With(Board, probe =>
    {
        probe.Bench(() => probe.Target.Load(Image(0x200), 0));
        test(probe);
    }, target: Nrf52832.TargetName, name: name);

    private string Session(string transport, params IEnumerable<string> commands) => OpenOcd.SessionFor("nrf52", Guest, output.WriteLine, transport, commands);

    /// <summary>pyOCD must have no error.</summary>
    private string PyOcd(params string[] script)
    {
        var run = Guest.Run(string.Join("\n", script), 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Equal("", string.Join("\n", run.Good.Split('\n').Where(line => Regex.IsMatch(line, "^(ERROR|CRITICAL|WARNING|Traceback)|Error:"))));
        return run.Text;
    }
}
