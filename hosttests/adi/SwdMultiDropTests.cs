using SharpProbe.Sim.Adi;

namespace SharpProbe.Tests.Adi;

public class SwdMultiDropTests
{
    private const uint TargetId = 0x0100_2927;

    private readonly SwdBench _bench = new(dp: ap => new(0x0BC1_2477, ap) { TargetId = TargetId, Instance = 1, Start = SwjProtocol.Dormant });
    private readonly SwdPort _other;
    private SwdHost Host => _bench.Host;

    public SwdMultiDropTests() =>
        _other = new(_bench.Swclk, _bench.Swdio, new SwDp(0x0BC1_2477) { TargetId = TargetId, Start = SwjProtocol.Dormant }, name: "other");

    private SwdAck Select(uint targetSel) => Host.Write(false, 12, targetSel);

    [Fact] public void Dormant_port_wakes_with_alert_and_activation_code()
    {
        Host.JtagToSwd();
        Assert.Equal(SwjProtocol.Dormant, _bench.Port.Protocol);
        Host.Wake();
        Assert.Equal(SwjProtocol.Swd, _bench.Port.Protocol);
    }

    [Fact] public void Wrong_activation_code_does_not_wake()
    {
        for (int i = 0; i < 8; i++) Host.Out(true);
        Host.Out(0x86852D95_6209F392, 64);
        Host.Out(0x19BC0EA2_E3DDAFE9, 64);
        Host.Out(0, 4);
        Host.Out(0x1B, 8);
        Assert.Equal(SwjProtocol.Dormant, _bench.Port.Protocol);
    }

    [Fact] public void Port_goes_dormant_from_SWD_and_wakes_again()
    {
        Host.Wake();
        for (int i = 0; i < 51; i++) Host.Out(true);
        Host.Out(0xE3BC, 16);
        Assert.Equal(SwjProtocol.Dormant, _bench.Port.Protocol);
        Host.Wake();
        Assert.Equal(SwjProtocol.Swd, _bench.Port.Protocol);
    }

    [Fact] public void Port_goes_dormant_from_JTAG()
    {
        var bench = new SwdBench(dp: ap => new(0x0BC1_2477, ap));
        for (int i = 0; i < 5; i++) bench.Host.Out(true);
        bench.Host.Out(0x33BB_BBBA, 31);
        Assert.Equal(SwjProtocol.Dormant, bench.Port.Protocol);
    }

    [Fact] public void TARGETSEL_is_not_acknowledged_and_chooses_who_answers()
    {
        Host.Wake();
        Assert.Equal(SwdAck.None, Select(TargetId | 1u << 28));
        Assert.Equal(0x0BC1_2477u, Host.ReadDp(0));
        Assert.Equal(SwdPhase.Deselected, _other.Phase);
        Host.WriteDp(8, 3);
        Assert.Equal(0x1000_0001u, Host.ReadDp(4));
        Host.WriteDp(8, 2);
        Assert.Equal(TargetId, Host.ReadDp(4));
    }

    [Fact] public void Nobody_answers_when_TARGETSEL_names_nobody()
    {
        Host.Wake();
        Select(TargetId | 7u << 28);
        Assert.Equal(SwdAck.None, Host.Read(false, 0, out _));
    }

    [Fact] public void TARGETSEL_with_wrong_parity_selects_nobody()
    {
        Host.Wake();
        Host.Raw(SwdHost.Request(false, false, 12), TargetId | 1u << 28, out _, out _, flipParity: true);
        Assert.Equal(SwdAck.None, Host.Read(false, 0, out _));
    }

    [Fact] public void Line_reset_selects_all()
    {
        Host.Wake();
        Select(TargetId);
        Host.LineReset();
        Assert.Equal(SwdPhase.Idle, _bench.Port.Phase);
        Assert.Equal(SwdPhase.Idle, _other.Phase);
    }

    [Fact] public void Port_of_version_1_never_sleeps()
    {
        var bench = new SwdBench();
        bench.Host.JtagToSwd();
        for (int i = 0; i < 51; i++) bench.Host.Out(true);
        bench.Host.Out(0xE3BC, 16);
        Assert.Equal(SwjProtocol.Swd, bench.Port.Protocol);
    }
}
