using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Adi;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nrf52.Nrf52Rig;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>Access port protection and the CTRL-AP, over the wires.</summary>
public class CtrlApTests
{
    private const int Reset = 0, EraseAllTask = 4, EraseAllStatus = 8, Status = 12, Idr = 0xFC, Csw = 0;
    private const uint DeviceEn = 1 << 6;

    private static (Nrf52Rig Rig, SwdHost Host) Connected(bool locked)
    {
        var rig = new Nrf52Rig(0xE7FE);
        if (locked)
        {
            rig.Target.Part.SetUicr(0x208, 0xFFFF_FF00);
            rig.Target.SystemReset();
        }
        var host = rig.Host();
        host.Connect();
        return (rig, host);
    }

    private static void Write(SwdHost host, int register, uint value)
    {
        host.WriteDp(8, 1u << 24);
        host.WriteAp(register, value);
        host.Idle();
    }

    [Fact] public void It_says_what_it_is_and_that_the_part_is_open()
    {
        var (_, host) = Connected(locked: false);
        Assert.Equal(0x2BA0_1477u, host.ReadDp(0));
        Assert.Equal(0x2477_0011u, host.ReadApNow(0, Idr));
        Assert.Equal(0x0288_0000u, host.ReadApNow(1, Idr));
        Assert.Equal(1u, host.ReadApNow(1, Status));
        Assert.Equal(DeviceEn, host.ReadApNow(0, Csw) & DeviceEn);
    }

    [Fact] public void A_protected_part_refuses_memory_and_answers_there()
    {
        var (_, host) = Connected(locked: true);
        Assert.Equal(0u, host.ReadApNow(1, Status));
        Assert.Equal(0u, host.ReadApNow(0, Csw) & DeviceEn);
        host.WriteDp(8, 0);
        host.WriteAp(4, Ram);
        host.ReadAp(12);
        Assert.Equal(SwdAck.Fault, host.Read(false, 12, out _));
    }

    [Fact] public void ERASEALL_and_a_reset_open_it_and_take_everything()
    {
        var (rig, host) = Connected(locked: true);
        Write(host, EraseAllTask, 1);
        Assert.Equal(1u, host.ReadApNow(1, EraseAllStatus));
        ulong start = rig.Probe.Time.Now;
        while (host.ReadApNow(1, EraseAllStatus) != 0) host.Pass(50_000);
        Assert.InRange(rig.Probe.Time.Now - start, 290 * Millisecond, 310 * Millisecond);
        Assert.Equal(0u, host.ReadApNow(1, Status));
        Write(host, Reset, 1);
        Write(host, Reset, 0);
        Assert.Equal(1u, host.ReadApNow(1, Status));
        host.WriteDp(8, 0);
        Assert.Equal(uint.MaxValue, host.ReadMemory(Code));
    }

    private const uint Code = 0x100;

    [Fact] public void RESET_holds_the_core_until_it_is_taken_back()
    {
        var (rig, host) = Connected(locked: false);
        Write(host, Reset, 1);
        Assert.True(rig.Target.InReset);
        Write(host, Reset, 0);
        Assert.False(rig.Target.InReset);
    }

    [Fact] public void Its_reset_pin_is_none_until_both_PSELRESET_words_name_it()
    {
        var rig = new Nrf52Rig(0xE7FE);
        rig.Target.Connect();
        var line = rig.Probe.Pin("PA6").Net.Attach("test");
        line.Set(SharpProbe.Sim.Pins.Drive.Low);
        Assert.False(rig.Target.InReset);
        line.Set(SharpProbe.Sim.Pins.Drive.None);
        rig.Target.Part.SetUicr(0x200, 21);
        rig.Target.Part.SetUicr(0x204, 21);
        rig.Target.SystemReset();
        line.Set(SharpProbe.Sim.Pins.Drive.Low);
        Assert.True(rig.Target.InReset);
    }
}
