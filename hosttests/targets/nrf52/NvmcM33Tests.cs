using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>Flash controller and access port protection of the nRF5340 from the debugger's side.</summary>
public class NvmcM33Tests
{
    private const uint Nvmc = 0x5003_9000, Ready = Nvmc + 0x400, Config = Nvmc + 0x504, EraseAll = Nvmc + 0x50C, Uicr = 0x00FF_8000, Key = 0x5000_6544, SecureKey = 0x5000_654C, Open = 0x50FA_50FA, At = 0x8000;

    private static TargetRig New()
    {
        var rig = new TargetRig("nrf5340");
        rig.Halt();
        return rig;
    }

    private static ulong Finish(TargetRig rig)
    {
        ulong start = rig.Probe.Time.Now;
        while (rig[Ready] == 0) { }
        return rig.Probe.Time.Now - start;
    }

    [Fact] public void A_word_takes_43_us_and_needs_Wen()
    {
        var rig = New();
        Assert.False(rig.Write(At, 5));
        rig[Config] = 1;
        rig[At] = 5;
        Assert.InRange(Finish(rig), 40 * TargetRig.Microsecond, 45 * TargetRig.Microsecond);
        Assert.Equal(5u, rig[At]);
    }

    [Fact] public void Ones_written_to_a_pages_first_word_erase_it()
    {
        var rig = New();
        rig.Target.Chip.Bus.Find(0)!.Region!.Span.Clear();
        rig[Config] = 2;
        rig[At] = uint.MaxValue;
        Assert.InRange(Finish(rig), 87 * TargetRig.Millisecond, 88 * TargetRig.Millisecond);
        Assert.Equal([0, uint.MaxValue, uint.MaxValue, 0], new[] { At - 4, At, At + 4092, At + 4096 }.Select(a => rig[a]));
    }

    [Fact] public void Nothing_else_is_written_while_erasing_is_enabled()
    {
        var rig = New();
        rig[Config] = 2;
        Assert.False(rig.Write(At + 4, uint.MaxValue));
        Assert.False(rig.Write(At, 0));
    }

    [Fact] public void ERASEALL_takes_UICR_too()
    {
        var rig = New();
        rig[Config] = 1;
        rig[Uicr + 0x100] = 5;
        Finish(rig);
        rig[Config] = 2;
        rig[EraseAll] = 1;
        Assert.InRange(Finish(rig), 172 * TargetRig.Millisecond, 174 * TargetRig.Millisecond);
        Assert.Equal(uint.MaxValue, rig[Uicr + 0x100]);
    }

    [Fact] public void It_is_open_after_power_on_when_UICR_says_so_and_the_program_writes_the_keys()
    {
        var rig = New();
        var chip = ((Nrf53)rig.Target).Nordic;
        rig[Config] = 1;
        rig[Uicr] = Open;
        rig[Uicr + 0x1C] = Open;
        Finish(rig);
        rig.Target.PowerOff();
        rig.Target.PowerOn();
        Assert.False(chip.IsOpen);
        chip.Bus.TryWrite(Key, Open, 4);
        Assert.False(chip.IsOpen);
        chip.Bus.TryWrite(SecureKey, Open, 4);
        Assert.True(chip.IsOpen);
        rig.Target.SystemReset();
        Assert.False(chip.IsOpen);
    }
}
