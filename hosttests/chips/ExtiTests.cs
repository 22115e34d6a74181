using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class ExtiTests
{
    private readonly ChipBench _bench = new();

    private (Exti Exti, NetDriver Button) F7(string pin, uint exticr1)
    {
        var syscfg = new SyscfgF7();
        var exti = new Exti(_bench.Die, ExtiLayout.F7, syscfg);
        syscfg.Write(0x08, exticr1, 4);
        return (exti, _bench.Die.Pin(pin).Net.Attach("button", Drive.Low));
    }

    [Fact] public void Rising_edge_on_the_chosen_port_raises_the_lines_interrupt()
    {
        var (exti, button) = F7("PC2", 0x0200);
        exti.Write(0x00, 4, 4);
        exti.Write(0x08, 4, 4);
        button.Set(Drive.High);
        Assert.Equal(4u, exti.Read(0x14, 4));
        Assert.Equal([8], _bench.Interrupts);
    }

    [Fact] public void Edge_of_the_other_direction_does_nothing()
    {
        var (exti, button) = F7("PC2", 0x0200);
        exti.Write(0x08, 4, 4);
        button.Set(Drive.High);
        exti.Write(0x14, 4, 4);
        button.Set(Drive.Low);
        Assert.Equal(0u, exti.Read(0x14, 4));
    }

    [Fact] public void Pending_bit_is_cleared_by_a_one_and_takes_the_interrupt_down()
    {
        var (exti, button) = F7("PC2", 0x0200);
        exti.Write(0x00, 4, 4);
        exti.Write(0x0C, 4, 4);
        button.Set(Drive.High);
        button.Set(Drive.Low);
        exti.Write(0x14, 4, 4);
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void Masked_line_pends_without_an_interrupt()
    {
        var (exti, button) = F7("PC2", 0x0200);
        exti.Write(0x08, 4, 4);
        button.Set(Drive.High);
        Assert.Equal(4u, exti.Read(0x14, 4));
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void Software_edge_pends_the_line_and_clears_with_it()
    {
        var (exti, _) = F7("PC2", 0x0200);
        exti.Write(0x10, 1 << 5, 4);
        Assert.Equal(1u << 5, exti.Read(0x14, 4));
        exti.Write(0x14, 1 << 5, 4);
        Assert.Equal(0u, exti.Read(0x10, 4));
    }

    [Fact] public void Port_that_the_package_lacks_is_reserved()
    {
        var syscfg = new SyscfgF7();
        Assert.Equal("SYSCFG.EXTICR1: EXTI0 set to 9, which is reserved", ChipBench.StopOf(() => syscfg.Write(0x08, 9, 4)));
    }

    [Fact] public void H7_has_the_same_edges_behind_the_CPU_registers()
    {
        var syscfg = new SyscfgH7(0, _ => 0);
        var exti = new Exti(_bench.Die, ExtiLayout.H7, syscfg);
        var button = _bench.Die.Pin("PA13").Net.Attach("button", Drive.High);
        exti.Write(0x04, 1 << 13, 4);
        exti.Write(0x80, 1 << 13, 4);
        button.Set(Drive.Low);
        Assert.Equal(1u << 13, exti.Read(0x88, 4));
        Assert.Equal([40], _bench.Interrupts);
    }

    [Fact] public void H7_direct_lines_are_unmasked_after_reset() =>
        Assert.Equal(0xFFC0_0000u, new Exti(_bench.Die, ExtiLayout.H7, new SyscfgH7(0, _ => 0)).Read(0x80, 4));
}
