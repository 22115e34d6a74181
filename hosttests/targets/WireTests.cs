using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.TargetRig;

namespace SharpProbe.Tests.Targets;

/// <summary>The target on the probe's wires: SWD, reset, UART, power.</summary>
public class WireTests
{
    // USART1 at 115200 baud from 8 MHz, PA9 alternate push-pull; sends 0x55, then what it received plus one, for ever.
    internal static readonly ushort[] Echo =
    [
        /* RCC_APB2ENR = 0x4005 */ 0x480B, 0xF244, 0x0105, 0x6181, /* GPIOA_CRH = 0x444444B4 */ 0x480A, 0x490B, 0x6041, /* USART1_BRR = 69 */ 0x480B, 0x2145, 0x6081,
        /* CR1 = UE, TE, RE */ 0xF242, 0x010C, 0x60C1, /* DR = 0x55 */ 0x2155, 0x6041, /* loop: ldr r2, [r0]; movs r3, #0x20; tst r2, r3; beq loop */ 0x6802, 0x2320, 0x421A, 0xD0FB,
        /* ldr r1, [r0, #4]; adds r1, #1; str r1, [r0, #4]; b loop; nop */ 0x6841, 0x3101, 0x6041, 0xE7F7, 0xBF00,
        0x1000, 0x4002, 0x0800, 0x4001, 0x44B4, 0x4444, 0x3800, 0x4001,
    ];

    private static TargetRig EchoRig()
    {
        var rig = new TargetRig(Echo);
        rig.Target.Connect();
        return rig;
    }

    [Fact]
    public void The_targets_UART_reaches_the_probe_and_hears_it()
    {
        var rig = EchoRig();
        var heard = new List<uint>();
        var host = new SerialHost(rig.Probe.Nets, "probe UART", rig.Probe.Pin("PG14").Net, rig.Probe.Pin("PG9").Net);
        host.Received += (word, _, good) => heard.Add(good ? word : 0xBAD);
        rig.Target.SystemReset();
        rig.Wait(Millisecond);
        host.Send("A"u8);
        rig.Wait(Millisecond);
        Assert.Null(rig.Target.Stopped);
        Assert.Equal([0x55, 'B'], heard);
    }

    [Fact]
    public void What_the_target_drives_comes_a_quantum_later_with_its_spacing_kept()
    {
        var rig = EchoRig();
        var there = new List<ulong>();
        var here = new List<ulong>();
        rig.Target.Chip.Die.Pin("PA9").Changed += change => there.Add(change.Time);
        rig.Probe.Pin("PG9").Net.Changed += change => here.Add(change.Time);
        rig.Target.SystemReset();
        rig.Wait(Millisecond);
        Assert.True(there.Count >= 9);
        Assert.Equal(there.Select(t => t + SimTarget.Quantum).TakeLast(9), here.TakeLast(9));
    }

    [Fact]
    public void Its_AHB_AP_counts_addresses_on_past_a_KiB_and_wraps_at_4_KiB()
    {
        var rig = new TargetRig(/* b . */ 0xE7FE);
        rig.Target.Connect();
        var host = new SwdHost(rig.Probe.Time, rig.Probe.Pin("PH6").Net, rig.Probe.Pin("PF9").Net) { Half = 4 };
        host.Connect();
        host.WriteDp(8, 0);
        host.WriteAp(0, 0x2300_0012);       // words, one increment each
        foreach (var (from, next) in new[] { (0x3FCu, 0x400u), (0xFFCu, 0u) })
        {
            host.WriteAp(4, Ram + from);
            host.WriteAp(12, 1);
            host.Idle();
            Assert.Equal(Ram + next, host.ReadApNow(0, 4));
        }
    }

    [Theory]
    [InlineData(TargetKind.Genuine, 0x1BA0_1477u, 0x1477_0011u)]
    [InlineData(TargetKind.Clone, 0x2BA0_1477u, 0x2477_0011u)]
    public void SWD_halts_and_programs_it(TargetKind kind, uint dpidr, uint idr)
    {
        var rig = new TargetRig(kind, /* adds r0, #1; b .-2 */ 0x3001, 0xE7FD);
        rig.Target.Connect();
        var host = new SwdHost(rig.Probe.Time, rig.Probe.Pin("PH6").Net, rig.Probe.Pin("PF9").Net) { Half = 4 };
        host.Connect();
        Assert.Equal((dpidr, idr, 0xE00F_F003u), (host.ReadDp(0), host.ReadApNow(0, 0xFC), host.ReadApNow(0, 0xF8)));
        host.WriteDp(8, 0);
        host.WriteAp(0, 0x2300_0002);
        host.WriteMemory(Dhcsr, Key | 3);
        Assert.Equal(3u | 1 << 17, host.ReadMemory(Dhcsr) & 0x2_0003);
        host.WriteMemory(0x4002_2004, 0x4567_0123);
        host.WriteMemory(0x4002_2004, 0xCDEF_89AB);
        host.WriteMemory(0x4002_2010, 1);
        host.WriteAp(0, 0x2300_0021);       // packed half-words
        host.WriteAp(4, Flash + 0x2000);
        host.WriteAp(12, 0x5678_1234);
        host.Idle();
        int waits = 0;
        while (host.Read(false, 12, out _) == SwdAck.Wait) waits++;
        host.WriteAp(0, 0x2300_0002);
        Assert.Equal(kind == TargetKind.Genuine, waits > 5);
        Assert.Equal(0x5678_1234u, host.ReadMemory(Flash + 0x2000));
        Assert.Empty(rig.Target.Port!.Findings);
    }

    [Fact]
    public void Software_that_takes_the_SWD_pins_makes_the_port_deaf_until_reset()
    {
        var rig = new TargetRig(0xE7FE);
        rig.Target.Connect();
        var host = new SwdHost(rig.Probe.Time, rig.Probe.Pin("PH6").Net, rig.Probe.Pin("PF9").Net) { Half = 4 };
        rig[0x4002_1018] = 1;
        rig[0x4001_0004] = 4u << 24;
        host.JtagToSwd();
        Assert.NotEqual(SwdAck.Ok, host.Read(false, 0, out _));
        Assert.False(rig.Target.SwdOn);
        rig.Target.SystemReset();
        host.Connect();
    }

    [Fact]
    public void An_internal_reset_pulls_the_reset_wire()
    {
        var rig = new TargetRig(0xE7FE);
        var net = rig.Probe.Pin("PA6").Net;
        rig.Target.ConnectReset(net);
        rig.Wait(Millisecond);
        ulong low = 0, high = 0;
        net.Changed += change =>
        {
            if (change.After == Level.Low) low = change.Time;
            else high = change.Time;
        };
        rig[Aircr] = 0x05FA_0004;
        rig.Wait(Millisecond);
        Assert.InRange(high - low, 19 * Microsecond, 21 * Microsecond);
        Assert.False(rig.Target.InReset);
    }

    [Fact]
    public void Without_power_the_port_is_silent_and_lets_its_wires_go()
    {
        var rig = new TargetRig(0xE7FE);
        rig.Target.Connect();
        var host = new SwdHost(rig.Probe.Time, rig.Probe.Pin("PH6").Net, rig.Probe.Pin("PF9").Net) { Half = 4 };
        host.Connect();
        rig.Target.PowerOff();
        host.Release();
        Assert.Equal(Level.Floating, rig.Probe.Pin("PF9").Net.Level);
        rig.Target.PowerOn();
        rig.Wait(5 * Millisecond);
        host.Connect();
        Assert.Equal(0x411F_C231u, host.ReadMemory(0xE000_ED00));
    }
}
