using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>
/// Simulated STM32s, judged by the flash drivers that other people wrote: OpenOCD's and pyOCD's, in a Linux computer, through the probe. Nothing needs
/// an option beyond the target's name, and their logs have no warning.
/// </summary>
[Collection(GuestCollection.Name)]
public sealed class ForeignTargetTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";
    private const uint Flash = 0x0800_0000, Start = Flash + 0x100, Loop = Start + 12;

    public static TheoryData<string> Targets => ForeignTarget.Names;
    public static TheoryData<string, string> OverBoth => ForeignTarget.OverBoth;
    public static TheoryData<string, string> WholeOverBoth => ForeignTarget.WholeOverBoth;
    public static TheoryData<string> KnownToPyOcd => ForeignTarget.KnownToPyOcd;

    [GuestTheory, MemberData(nameof(OverBoth)), Accepts(ForeignDriver.OpenOcd)]
    public void OpenOcds_own_driver_erases_programs_and_verifies_it(string name, string transport) => With(name, (probe, target) =>
    {
        byte[] bytes = CountingProgram.Image(target.Erase, target.HasFpu, target.Address);
        string said = OpenOcd.Reprogram(target.OpenOcd, Guest, output.WriteLine, transport, target.Address, bytes, ["reset halt", .. target.Before is { } before ? (string[])[before] : []], ["reset run"], target.Bank);
        Assert.Contains(target.Device, said);
        Assert.Contains($"flash '{target.Driver}' found at 0x{target.Address:x8}", said);
    });

    [GuestTheory, MemberData(nameof(WholeOverBoth))]
    public void OpenOcd_halts_steps_and_breaks_and_moves_memory_and_registers(string name, string transport) => With(name, (probe, target) =>
    {
        const uint Ram = 0x2000_1000;
        string said = SessionOver(transport, target, [
            "reset halt", "reg pc", "step", "reg pc", "reg r3 0x12345678", "reg r3", .. target.HasFpu ? ["reg d2 0x400921fb54442d18", "reg d3", "reg d2", "reg fpscr"] : (string[])[],
            $"mww {Ram} 0xcafe4711", $"mwb {Ram + 2} 0xbb", $"mdw {Ram}", $"mdh {Ram + 2}",
            $"bp {Loop} 2 hw", "resume", "wait_halt 2000", "reg pc", $"rbp {Loop}", "reset run"]);
        Assert.Contains($"pc (/32): 0x{Start:x8}", said);
        Assert.Contains($"pc (/32): 0x{Start + 2:x8}", said);
        Assert.Contains($"pc (/32): 0x{Loop:x8}", said);
        Assert.Contains("r3 (/32): 0x12345678", said);
        Assert.Contains("0x20001000: cabb4711", said);
        Assert.Contains("0x20001002: cabb", said);
        Assert.Contains($"target has {target.Breakpoints} breakpoints, {target.Watchpoints} watchpoints", said);
        if (target.HasFpu) Assert.Equal(2, Regex.Count(said, Regex.Escape("d2 (/64): 0x400921fb54442d18")));
    });

    [GuestTheory, MemberData(nameof(KnownToPyOcd)), Accepts(ForeignDriver.PyOcd)]
    public void PyOcds_own_flash_algorithm_programs_it(string name) => With(name, (probe, target) =>
    {
        byte[] bytes = CountingProgram.Image(target.Erase, target.HasFpu);
        string file = Guest.Send("flash.bin", bytes);
        PyOcd($"pyocd-flashtool -t {target.PyOcd} -f 4000000 -hp -se -a {Flash} {file}");
        Assert.Equal(bytes, probe.Bench(() => probe.Target.Chip.Bus.Find(Flash)!.Region!.Span[..bytes.Length].ToArray()));
    });

    /// <summary>In simulated time, which stands while the emulated computer thinks. What a driver loses by a width that the part need not have is its own: the share is of what its own commands take.</summary>
    [GuestFigures, MemberData(nameof(Targets))]
    public void OpenOcds_driver_keeps_the_flash_busy(string name) => With(name, (probe, target) =>
    {
        string file = Guest.Send("flash.bin", CountingProgram.Image(target.Erase, target.HasFpu));
        var work = ((StTarget)probe.Target).Flash.Work;
        probe.Bench(work.Forget);
        probe.StandStill(true, TimeSpan.FromMilliseconds(1));
        string said = Session(target, $"program {file} verify {Flash}");
        probe.StandStill(false, TimeSpan.FromMilliseconds(1));
        Assert.Contains("** Verified OK **", said);
        var (first, last, sum) = probe.Bench(() => work.Operations);
        double took = (last - first) / 1e12, rate = target.Erase / took, limit = target.Erase / target.Milliseconds, share = sum / 1e12 / took;
        output.WriteLine($"{name}: {rate:F1} KB/s erased and programmed; the part allows {limit:F1}; its flash was busy for {share:P0} of {took:F0} ms");
        // OpenOCD sleeps between two looks, longer where this computer is busy: the floor shows a stall only.
        Assert.True(share > 0.2, $"the flash was busy for {share:P0} of the time");
    });

    [GuestTheory, MemberData(nameof(Targets))]
    public void Gdb_at_OpenOcds_port_loads_compares_and_stops(string name) => With(name, (_, target) =>
    {
        string image = Guest.Send("image.bin", CountingProgram.Image(2048, target.HasFpu));
        string[] commands =
        [
            "target extended-remote :3333", "monitor reset halt", "load /tmp/image.elf", "compare-sections", $"hbreak *{Loop}", "continue", "stepi", "info registers pc", "monitor shutdown",
        ];
        var run = Guest.Run($"""
            arm-none-eabi-objcopy -I binary -O elf32-littlearm -B arm --rename-section .data=.text,contents,alloc,load,readonly,code --change-section-address .data={Flash} --set-start {Start + 1} {image} /tmp/image.elf
            {OpenOcd.LineFor(target.OpenOcd, "usb_bulk")} > /tmp/openocd.log 2>&1 &
            for i in $(seq 200); do grep -q 'port 3333 for gdb' /tmp/openocd.log && break; sleep 0.1; done
            gdb-multiarch -nx -batch -ex 'set confirm off' -ex 'set remotetimeout 20' {string.Concat(commands.Select(c => $" -ex '{c}'"))} /tmp/image.elf
            wait
            cat /tmp/openocd.log
            """, 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        string said = run.Good;
        Assert.Contains("Transfer rate:", said);
        Assert.Matches("Section .text.*: matched\\.", said);
        Assert.Contains($"Breakpoint 1, 0x{Loop:x8}", said);
        Assert.Matches($"pc +0x{Loop + 2:x}", said);
        // gdb looks for the caller of code whose LR is 0xFFFFFFFF after reset: a bus error.
        OpenOcd.AssertCalm(string.Join("\n", said.Split('\n').Where(line => !line.Contains("Failed to read memory at 0xfffffff", StringComparison.Ordinal))));
    });

    [GuestFact]
    public void OpenOcd_protects_locks_opens_and_erases_an_STM32F4() => With("stm32f407", (probe, target) =>
    {
        string said = Session(target, "reset halt", "stm32f2x options_read 0", "flash protect 0 2 3 on", "flash info 0", "flash protect 0 2 3 off", "flash info 0", "stm32f2x mass_erase 0", $"mdw {Flash}");
        Assert.Contains("#  1: 0x00004000 (0x4000 16kB) not protected", said);
        Assert.Contains("#  2: 0x00008000 (0x4000 16kB) protected", said);
        Assert.Contains("#  3: 0x0000c000 (0x4000 16kB) protected", said);
        Assert.Contains("#  2: 0x00008000 (0x4000 16kB) not protected", said);
        Assert.Contains("0x08000000: ffffffff", said);
        probe.Bench(() => probe.Target.Load(CountingProgram.Image(0x200, target.HasFpu), Flash));
        Session(target, "reset halt", "stm32f2x lock 0");
        Assert.False(probe.Bench(() => probe.Target.Read(Flash, 4, out _, out _)), "a locked part's flash can be read");
        Session(target, "halt", "stm32f2x unlock 0");
        probe.Bench(() => probe.Target.SystemReset());
        Assert.True(probe.Bench(() => probe.Target.Read(Flash, 4, out uint word, out _) && word == uint.MaxValue), "an unlocked part's flash is not empty");
    });

    [GuestFact]
    public void OpenOcd_protects_locks_opens_and_erases_an_STM32L4() => With("stm32l475", (probe, target) =>
    {
        string said = Session(target, "reset halt", "flash protect 0 2 3 on", "stm32l4x option_load 0", "reset halt", "flash info 0", "flash protect 0 2 3 off", "stm32l4x option_load 0", "reset halt", "stm32l4x option_read 0 0x20", "stm32l4x mass_erase 0", $"mdw {Flash}");
        Assert.Contains("#  1: 0x00000800 (0x800 2kB) not protected", said);
        Assert.Contains("#  2: 0x00001000 (0x800 2kB) protected", said);
        Assert.Contains("#  3: 0x00001800 (0x800 2kB) protected", said);
        Assert.Contains("#  4: 0x00002000 (0x800 2kB) not protected", said);
        Assert.Contains("0x08000000: ffffffff", said);
        probe.Bench(() => probe.Target.Load(CountingProgram.Image(0x200, target.HasFpu), Flash));
        Session(target, "reset halt", "stm32l4x lock 0", "stm32l4x option_load 0");
        Assert.False(probe.Bench(() => probe.Target.Read(Flash, 4, out _, out _)), "a locked part's flash can be read");
        Session(target, "halt", "stm32l4x unlock 0");
        // Not with option_load: the empty chip would lock up, which OpenOCD calls an error.
        probe.Bench(probe.Target.PowerOff);
        probe.Bench(probe.Target.PowerOn);
        probe.Until(() => probe.Target.Read(Flash, 4, out uint word, out _) && word == uint.MaxValue, "an unlocked part's flash is not empty");
    });

    private void With(string name, Action<GuestProbe, ForeignTarget> test, [CallerMemberName] string method = "") => With(Board, probe =>
    {
        // An empty chip locks up, which OpenOCD calls an error.
        probe.Bench(() => probe.Target.Load(CountingProgram.Image(0x200, ForeignTarget.Of(name).HasFpu, ForeignTarget.Of(name).Address), ForeignTarget.Of(name).Address));
        test(probe, ForeignTarget.Of(name));
    }, target: name, name: $"{method}-{name}");

    private string Session(ForeignTarget target, params IEnumerable<string> commands) => SessionOver("usb_bulk", target, commands);

    private string SessionOver(string transport, ForeignTarget target, params IEnumerable<string> commands) => OpenOcd.SessionFor(target.OpenOcd, Guest, output.WriteLine, transport, commands);

    /// <summary>pyOCD must have no error.</summary>
    private string PyOcd(params string[] script)
    {
        var run = Guest.Run(string.Join("\n", script), 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Equal("", string.Join("\n", run.Good.Split('\n').Where(line => Regex.IsMatch(line, "^(ERROR|CRITICAL|WARNING|Traceback)|Error:"))));
        return run.Text;
    }
}
