using SharpProbe.Adi;
using SharpProbe.Tests.Adi;
using static SharpProbe.Tests.Dap.DapRig;

namespace SharpProbe.Tests.Dap;

/// <summary>gdb's side and CMSIS-DAP on one wire.</summary>
public class SharingTests
{
    private readonly DapRig _rig = new();

    private WireAccess Access => _rig.Rig.Access;

    [Fact]
    public void A_scan_is_refused_while_a_CMSIS_DAP_host_is_connected_and_works_after_it()
    {
        _rig.Connected();
        Assert.Equal(FaultKind.WireBusy, Access.Scan(0).Kind);
        Assert.Equal([5, 1, 1, .. Word(0x1BA0_1477)], _rig.Ask(5, 0, 1, 2));
        _rig.Ask(3);
        Assert.Equal(FaultKind.None, Access.Scan(0).Kind);
    }

    [Fact]
    public void A_host_is_refused_while_gdb_has_the_wire_and_served_after_it()
    {
        Access.Scan(0);
        Assert.Equal([2, 0], _rig.Ask(2, 1));
        Access.Release();
        _rig.Connected();
    }

    [Fact]
    public void After_a_host_was_on_the_wire_gdb_s_side_finds_its_targets_again()
    {
        Access.Scan(0);
        Access.Release();
        _rig.Connected();
        _rig.Ask([5, 0, 2, 0x08, .. Word(0xF0), 0x04, .. Word(0)]);
        Assert.Equal(FaultKind.WireBusy, Access.Acquire().Kind);
        _rig.Ask(3);
        Assert.Equal(FaultKind.None, Access.Acquire().Kind);
        byte[] data = [1, 2, 3, 4];
        Assert.Equal(FaultKind.None, _rig.Rig.Memory.Write(RamBus.Start + 8, data).Kind);
        Assert.Equal(data, _rig.Bus.Bytes[8..12]);
    }

    [Fact]
    public void The_end_of_a_session_leaves_the_wire()
    {
        _rig.Connected();
        _rig.Engine.End();
        Assert.False(_rig.Rig.Connected);
        Assert.Equal(FaultKind.None, Access.Scan(0).Kind);
    }

    [Fact]
    public void A_host_that_has_gone_silent_keeps_the_wire_until_somebody_else_wants_it()
    {
        _rig.Connected();
        Pass(60_000);
        _rig.Engine.Rest();
        Assert.True(_rig.Engine.Connected);
        Access.Scan(0);
        _rig.Engine.Rest();
        Assert.False(_rig.Engine.Connected);
        Assert.Equal(FaultKind.None, Access.Scan(0).Kind);
        Assert.Equal([5, 0, 0], _rig.Ask(5, 0, 1, 2));
    }

    [Fact]
    public void A_host_that_is_at_work_keeps_the_wire_though_somebody_else_wants_it()
    {
        _rig.Connected();
        Access.Scan(0);
        for (int i = 0; i < 5; i++)
        {
            Pass(2_000);
            Assert.Equal(1, _rig.Ask(5, 0, 1, 2)[2]);
            _rig.Engine.Rest();
        }
        Assert.True(_rig.Engine.Connected);
    }

    private void Pass(uint milliseconds)
    {
        for (; milliseconds > 0; milliseconds--) _rig.Rig.Pass(216_000);
    }
}
