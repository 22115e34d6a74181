using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Adi;

namespace SharpProbe.Tests.Targets.Rp2350;

/// <summary>The RP2350's ADIv6 debug port, by a plain SWD host: registers in banks, access ports by address, power, resets.</summary>
public class DebugPortTests
{
    private const uint Dpidr = 0x4C01_3477, PowerUp = 0x5000_0000, Csw = 0xD00, Tar = 0xD04, Drw = 0xD0C, Idr = 0xDFC, Core0 = 0x2000, Core1 = 0x4000, RpAp = 0x8_0000;
    private const ulong Millisecond = TimeBase.Second / 1000;

    private readonly Machine _probe = new(BoardList.Find("stlinkv3mini"));
    private readonly SharpProbe.Sim.Targets.Rp2350 _target;
    private readonly SwdHost _host;
    private readonly TargetWiring _wiring = TargetWiring.Of("stlinkv3mini");

    public DebugPortTests()
    {
        _target = new(_probe, SharpProbe.Sim.Targets.Rp2350.SmallName, 512);
        _target.Load(Rp2350Image.Of([0x2000, 0x3001, 0xE7FD], 0x800), ChipRp2350.Xip);
        _target.Connect();
        _host = new(_probe.Time, _probe.Pin(_wiring.Swclk).Net, _probe.Pin(_wiring.Swdio).Net);
        _host.Wake();
        _host.LineReset();
        Assert.Equal(Dpidr, _host.ReadDp(0));
    }

    private void Pass(ulong femtoseconds) => _host.Pass(_probe.Time.CycleAt(_probe.Time.Now + femtoseconds) - _probe.Time.Cycles);

    private DebugPortTests Powered()
    {
        _host.WriteDp(8, 0);
        _host.WriteDp(4, PowerUp);
        Pass(Millisecond);
        Assert.Equal(0xF000_0000, _host.ReadDp(4) & 0xF000_0000);
        return this;
    }

    private uint Banked(uint bank, int address)
    {
        _host.WriteDp(8, bank);
        uint value = _host.ReadDp(address);
        _host.WriteDp(8, 0);
        return value;
    }

    private uint this[uint address]
    {
        get
        {
            _host.WriteDp(8, address & ~0xFu);
            _host.ReadAp((int)(address & 12));
            return _host.ReadDp(12);
        }
        set
        {
            _host.WriteDp(8, address & ~0xFu);
            _host.WriteAp((int)(address & 12), value);
            _host.Idle();
        }
    }

    private uint Memory(uint port, uint address)
    {
        this[port + Csw] = 0x0300_0002;
        this[port + Tar] = address;
        return this[port + Drw];
    }

    [Fact] public void Its_banks_tell_what_it_is_and_where_its_table_is()
    {
        Assert.Equal([20u, 1u], new[] { Banked(1, 0), Banked(2, 0) });
        Assert.Equal([0x0004_0927u, 1u], new[] { Banked(2, 4), Banked(3, 4) });
    }

    [Fact] public void A_line_reset_takes_the_bank_back_so_that_DPIDR_can_be_read()
    {
        _host.WriteDp(8, 2);
        _host.LineReset();
        Assert.Equal(Dpidr, _host.ReadDp(0));
    }

    [Fact] public void The_table_lists_what_can_be_reached_and_says_that_it_is_one()
    {
        Powered();
        Assert.Equal([0x2003, 0x4003, 0x6003, 0x7003, 0x8003, 0x9003, 0xA003, 0], Enumerable.Range(0, 8).Select(i => this[(uint)i * 4]));
        Assert.Equal([0x4770_0AF7u, 0x90u, 0x0Du], new[] { this[0xFBC], this[0xFF4], this[0xFF0] });
        Assert.Equal([0x4770_0A17u, 0x3477_0008u, 0xE00F_F003u], new[] { this[Core0 + 0xFBC], this[Core0 + Idr], this[Core0 + 0xDF8] });
    }

    [Fact] public void Each_access_port_has_its_core_and_both_have_the_same_memory()
    {
        Powered();
        Assert.Equal([0u, 1u], new[] { Memory(Core0, 0xD000_0000), Memory(Core1, 0xD000_0000) });
        Memory(Core0, 0x2000_4000);
        this[Core0 + Drw] = 0xCAFE_4711;
        Assert.Equal(0xCAFE_4711, Memory(Core1, 0x2000_4000));
    }

    [Fact] public void An_access_that_is_not_secure_is_a_bus_error()
    {
        Powered();
        this[Core0 + Csw] = 0x4300_0002;
        this[Core0 + Tar] = 0x2000_0000;
        _host.WriteDp(8, Core0 + 0xD00);
        _host.ReadAp(12);
        Assert.Equal(SwdAck.Fault, _host.Read(false, 12, out _));
    }

    [Fact] public void The_RISC_V_side_does_not_answer()
    {
        Powered();
        Assert.Equal(6u, this[0xA000 + Idr] & 15);
        this[0xA000 + Tar] = 0x40;
        _host.WriteDp(8, 0xAD00);
        _host.ReadAp(12);
        Assert.Equal(SwdAck.Fault, _host.Read(false, 12, out _));
    }

    [Fact] public void Without_power_only_the_RP_AP_answers()
    {
        Assert.NotEqual(0u, this[RpAp + Idr]);
        _host.WriteDp(8, Core0 + 0xDF0);
        _host.ReadAp(12);
        Assert.Equal(SwdAck.Fault, _host.Read(false, 12, out _));
    }

    [Fact] public void A_rescue_holds_the_chip_and_lets_it_go_into_its_ROM()
    {
        Powered();
        Pass(40 * Millisecond);
        Assert.InRange(_target.Core.Pc, Rp2350Image.Start, Rp2350Image.Start + 6);
        this[RpAp] = 1u << 31;
        Assert.True(_target.InReset);
        this[RpAp] = 0;
        Pass(40 * Millisecond);
        Assert.InRange(_target.Core.Pc, 0u, 0x7FFFu);
        Assert.Equal(0x0020_0000u, Memory(Core0, 0x4010_002C));
    }

    [Fact] public void The_RUN_pin_makes_the_debug_port_dormant_again()
    {
        Powered();
        var reset = _probe.Pin(_wiring.Reset).Net.Attach("test");
        reset.Set(SharpProbe.Sim.Pins.Drive.Low);
        Pass(Millisecond);
        reset.Set(SharpProbe.Sim.Pins.Drive.None);
        Pass(Millisecond);
        _host.LineReset();
        Assert.Equal(SwdAck.None, _host.Read(false, 0, out _));
        _host.Wake();
        _host.LineReset();
        Assert.Equal(Dpidr, _host.ReadDp(0));
    }
}
