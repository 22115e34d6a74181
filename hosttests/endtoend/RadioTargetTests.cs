using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Rp2040;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>A real gdb at the probe's own gdb server, before an nRF52832 and both cores of an RP2040.</summary>
public class RadioTargetTests
{
    // movs r0, #0; adds r0, #1; b .-2
    private static readonly ushort[] s_program = [0x2000, 0x3001, 0xE7FD];

    [Fact] public void An_nRF52832_is_attached_to_and_debugged() => With(Nrf52832.TargetName, (rig, say) =>
    {
        const uint Start = 0x100;
        byte[] image = new byte[0x200];
        BitConverter.TryWriteBytes(image, 0x2000_1000u);
        for (int n = 1; n < 64; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), Start | 1);
        for (int i = 0; i < s_program.Length; i++) BitConverter.TryWriteBytes(image.AsSpan((int)Start + i * 2), s_program[i]);
        rig.Paused(() => rig.Target.Load(image, 0));
        Assert.Contains("M4", say("monitor swd_scan"));
        say("attach 1");
        Debug(say, Start + 2, 0x2000_2000);
        Assert.Equal(0x2000_1000u, Value(say, "*(int*)0"));
        say("set $s5 = 3.5");
        Assert.Contains("3.5", say("print $s5"));
    });

    /// <summary>A scan that names nobody must not wake the rescue port, which would restart the chip.</summary>
    [Fact] public void An_RP2040s_cores_are_found_by_TARGETSEL_and_debugged_one_after_the_other() => With(Rp2040.TargetName, (rig, say) =>
    {
        bool reset = false;
        rig.Paused(() =>
        {
            rig.Target.Load(BootedImage.Of(s_program, 0x800), ChipRp2040.Xip);
            rig.Target.WasReset += (_, _) => reset = true;
        });
        string scan = say("monitor swd_scan");
        Assert.Equal(2, scan.Split("M0+").Length - 1);
        say("attach 2");
        Assert.Equal(1u, Value(say, "*(int*)0xd0000000"));
        say("detach");
        say("attach 1");
        Debug(say, BootedImage.Start + 2, 0x2000_2000);
        Assert.Equal(0u, Value(say, "*(int*)0xd0000000"));
        Assert.Equal(0x2000_1000u, Value(say, $"*(int*)0x{BootedImage.Vectors:x}"));
        say("detach");
        Assert.Contains("M0+", say("monitor swd_scan 0x11002927"));
        say("attach 1");
        Assert.Equal(1u, Value(say, "*(int*)0xd0000000"));
        Assert.InRange(Value(say, "$pc"), 0u, 0x3FFFu);
        // nop; nop; b .-2
        say("set *(int*)0x20003000 = 0x46c046c0");
        say("set *(int*)0x20003004 = 0x46c0e7fd");
        say("set $pc = 0x20003000");
        say("break *0x20003004");
        Assert.Contains("Breakpoint 2", say("continue"));
        Assert.Equal(0x2000_3004u, Value(say, "$pc"));
        say("detach");
        Assert.False(reset);
        rig.Paused(() => Assert.Equal(0u, ((Rp2040)rig.Target).Part.Bus.Read(0x4006_4008, 4) >> 20));
    });

    private static void Debug(Func<string, string> say, uint loop, uint ram)
    {
        say($"hbreak *0x{loop:x}");
        Assert.Contains("Breakpoint 1", say("continue"));
        Assert.Equal(loop, Value(say, "$pc"));
        say("stepi");
        Assert.Equal(loop + 2, Value(say, "$pc"));
        say($"set *(int*)0x{ram:x} = 0x12345678");
        Assert.Equal(0x1234_5678u, Value(say, $"*(int*)0x{ram:x}"));
        say("set $r7 = 4711");
        Assert.Equal(4711u, Value(say, "$r7"));
        say("delete 1");
    }

    private static uint Value(Func<string, string> say, string expression) => uint.Parse(say($"output/u (unsigned)({expression})"), System.Globalization.CultureInfo.InvariantCulture);

    private static void With(string target, Action<ProbeRig, Func<string, string>> test)
    {
        using var rig = new ProbeRig("stlinkv3mini", target);
        rig.Start();
        using var gdb = new GdbProcess(null, TimeSpan.FromSeconds(60));
        var said = new System.Text.StringBuilder();
        string Say(string command)
        {
            string answer = gdb.Say(command);
            said.Append("(gdb) ").AppendLine(command).AppendLine(answer);
            return answer;
        }
        try
        {
            Say($"target extended-remote {rig.GdbAddress}");
            test(rig, Say);
            Assert.Null(rig.Trouble);
        }
        catch (Exception e)
        {
            throw new Xunit.Sdk.XunitException($"{e.Message}\n{rig.Trouble}\n{said}", e);
        }
    }
}
