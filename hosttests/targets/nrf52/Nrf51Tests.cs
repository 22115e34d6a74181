using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Nrf52;

/// <summary>Where the nRF51's flash controller is not the nRF52's, from the debugger's side.</summary>
public class Nrf51Tests
{
    private const uint Config = Nrf52Rig.Config, Ready = Nrf52Rig.Ready, Uicr = Nrf52Rig.Uicr;

    private readonly Machine _probe = new(BoardList.Find("stlinkv3mini"));
    private readonly Nrf51822 _target;

    public Nrf51Tests() => _target = new(_probe);

    private uint Read(uint address)
    {
        Assert.True(_target.Read(address, 4, out uint value, out ulong readyAt), $"0x{address:X8}");
        _probe.RunUntil(readyAt);
        return value;
    }

    private void Write(uint address, uint value)
    {
        Assert.True(_target.Write(address, value, 4, out ulong readyAt), $"0x{address:X8}");
        _probe.RunUntil(readyAt);
        if (address < Uicr + 0x100) Milliseconds();
    }

    private double Milliseconds()
    {
        ulong start = _probe.Time.Now;
        while (Read(Ready) == 0) { }
        return (_probe.Time.Now - start) * 1000.0 / TimeBase.Second;
    }

    [Fact] public void A_page_is_1_KB_and_is_erased_alone()
    {
        Write(Config, 1);
        foreach (uint address in new[] { 0x3FCu, 0x400u, 0x7FCu, 0x800u }) Write(address, 0);
        Write(Config, 2);
        Write(Nrf52Rig.ErasePage, 0x400);
        Assert.InRange(Milliseconds(), 22, 23);
        Assert.Equal((0u, uint.MaxValue, uint.MaxValue, 0u), (Read(0x3FC), Read(0x400), Read(0x7FC), Read(0x800)));
    }

    [Fact] public void UICR_is_not_erased_alone_but_with_everything()
    {
        Write(Config, 1);
        Write(Uicr + 0x80, 5);
        Write(Config, 2);
        Write(Nrf52Rig.EraseUicr, 1);
        Assert.Equal(1u, Read(Ready));
        Assert.Equal(5u, Read(Uicr + 0x80));
        Write(Nrf52Rig.EraseAll, 1);
        Milliseconds();
        Assert.Equal(uint.MaxValue, Read(Uicr + 0x80));
    }

    [Fact] public void Its_ROM_table_is_Nordics_and_leads_to_Arms()
    {
        Assert.Equal((0x01u, 0x40u, 0x0Cu, 0x02u), (Read(0xF000_0FE0), Read(0xF000_0FE4), Read(0xF000_0FE8), Read(0xF000_0FD0)));
        Assert.Equal(0xF00F_F003u, Read(0xF000_0000));
        Assert.Equal(0x71u, Read(0xE00F_FFE0));
    }
}
