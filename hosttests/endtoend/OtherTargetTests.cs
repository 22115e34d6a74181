using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Targets;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>A real gdb at the probe's own gdb server, before parts that are not an STM32F103: all but flash.</summary>
public class OtherTargetTests
{
    private const uint Flash = 0x0800_0000, Start = Flash + 0x100, Loop = Start + 12, Ram = 0x2000_0000;

    public static TheoryData<string, string> Targets => new() { { "stm32f407", "M4" }, { "stm32l475", "M4" }, { "stm32g071", "M0+" } };

    [Theory, MemberData(nameof(Targets))]
    public void It_attaches_and_has_registers_memory_and_breakpoints(string target, string core)
    {
        using var rig = new ProbeRig("stlinkv3mini", target);
        rig.Target.Load(CountingProgram.Image(0x200, hasFpu: core == "M4"), Flash);
        rig.Start();
        using var gdb = new GdbProcess(null, TimeSpan.FromSeconds(60));
        Say($"target extended-remote {rig.GdbAddress}");
        string scan = Say("monitor swd_scan");
        Assert.True(scan.Contains(core, StringComparison.Ordinal), scan);
        Say("attach 1");
        Say($"hbreak *0x{Loop:x}");
        string stop = Say("continue");
        Assert.Contains("Breakpoint 1", stop);
        Assert.Equal(Loop, Value("$pc"));
        Say("stepi");
        Assert.Equal(Loop + 2, Value("$pc"));
        Say($"set *(int*)0x{Ram:x} = 0x12345678");
        Assert.Equal(0x1234_5678u, Value($"*(int*)0x{Ram:x}"));
        Assert.Equal(0x2000_1000u, Value($"*(int*)0x{Flash:x}"));
        if (core == "M4")
        {
            Say("set $s5 = 3.5");
            Assert.Contains("3.5", Say("print $s5"));
        }
        Say("set $r7 = 4711");
        Assert.Equal(4711u, Value("$r7"));
        Assert.Null(rig.Trouble);

        string Say(string command) => gdb.Say(command);
        uint Value(string expression) => uint.Parse(Say($"output/u (unsigned)({expression})"), System.Globalization.CultureInfo.InvariantCulture);
    }
}
