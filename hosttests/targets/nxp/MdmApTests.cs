using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Adi;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nxp.NxpRig;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>Security of a Kinetis and the MDM-AP, over the wires.</summary>
public class MdmApTests
{
    private const int Status = 0, Control = 4, Idr = 0xFC;
    private const uint MassErase = 1, Ready = 2, Secured = 4, OutOfReset = 8, MayMassErase = 32, Halted = 1 << 16, SystemReset = 8, Hold = 16, DebugRequest = 4;

    private static (NxpRig Rig, SwdHost Host) Connected(byte security)
    {
        byte[] image = NxpImage.Of(0x800);
        image[0x40C] = security;
        var rig = new NxpRig("mkl25z128", image);
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
        var (_, host) = Connected(0xFE);
        Assert.Equal(0x0BC1_1477u, host.ReadDp(0));
        Assert.Equal(0x001C_0020u, host.ReadApNow(1, Idr));
        Assert.Equal(Ready | OutOfReset | MayMassErase, host.ReadApNow(1, Status));
    }

    [Fact] public void A_secured_part_refuses_memory_and_a_mass_erase_opens_it_for_good()
    {
        var (rig, host) = Connected(0xFF);
        Assert.Equal(Ready | Secured | OutOfReset | MayMassErase, host.ReadApNow(1, Status));
        host.WriteDp(8, 0);
        host.WriteAp(4, 0x2000_0000);
        host.ReadAp(12);
        Assert.Equal(SwdAck.Fault, host.Read(false, 12, out _));
        host.WriteDp(0, 0x1E);
        Write(host, Control, SystemReset);
        Write(host, Control, SystemReset | MassErase);
        ulong start = rig.Probe.Time.Now;
        while ((host.ReadApNow(1, Control) & MassErase) != 0) host.Pass(50_000);
        Assert.InRange(rig.Probe.Time.Now - start, 60 * Millisecond, 68 * Millisecond);
        Write(host, Control, 0);
        Assert.Equal(MassErase | Ready | MayMassErase, host.ReadApNow(1, Status) & 0x27);
        rig.Target.SystemReset();
        Assert.True(rig.Target.Enabled);
        Assert.Equal(0xFE, rig.Kinetis.Part.Array.Span[0x40C]);
        Assert.Equal(0xFF, rig.Kinetis.Part.Array.Span[0]);
    }

    [Fact] public void Without_mass_erase_a_secured_part_stays_closed()
    {
        var (rig, host) = Connected(0xEF);
        Assert.Equal(0u, host.ReadApNow(1, Status) & MayMassErase);
        Write(host, Control, MassErase);
        Assert.Equal(0u, host.ReadApNow(1, Control));
        Assert.False(rig.Target.Enabled);
    }

    [Fact] public void A_blank_part_is_caught_with_the_core_held_at_the_end_of_its_reset()
    {
        var rig = new NxpRig("mkl25z128");
        rig.Kinetis.Part.Array.Span[0x40C] = 0xFE;
        rig.Target.SystemReset();
        var host = rig.Host();
        host.Connect();
        Write(host, Control, DebugRequest | Hold);
        host.Pass(200_000);
        host.WriteDp(8, 0);
        host.WriteMemory(TargetRig.Dhcsr, TargetRig.Key | 1);
        Write(host, Control, DebugRequest);
        Assert.Equal(Halted, host.ReadApNow(1, Status) & Halted);
        Write(host, Control, 0);
        host.Pass(200_000);
        Assert.Equal(Halted, host.ReadApNow(1, Status) & Halted);
    }
}
