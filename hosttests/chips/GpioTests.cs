using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class GpioTests
{
    private const uint Moder = 0x00, Otyper = 0x04, Pupdr = 0x0C, Idr = 0x10, Odr = 0x14, Bsrr = 0x18, Lckr = 0x1C, Afrl = 0x20, Afrh = 0x24;

    private readonly ChipBench _bench = new();
    private readonly Gpio _port;

    public GpioTests() => _port = _bench.Port('C');

    [Fact] public void Bsrr_sets_where_both_halves_name_a_pin()
    {
        _port.Write(Bsrr, 0x0003_0001, 4);
        Assert.Equal(1u, _port.Read(Odr, 4));
    }

    [Fact] public void Bsrr_leaves_the_other_pins_alone()
    {
        _port.Write(Odr, 0x00F0, 4);
        _port.Write(Bsrr, 0x0010_0001, 4);
        Assert.Equal(0x00E1u, _port.Read(Odr, 4));
    }

    [Fact] public void Bsrr_upper_half_word_alone_resets()
    {
        _port.Write(Odr, 0xFFFF, 4);
        _port.Write(Bsrr + 2, 0x8000, 2);
        Assert.Equal(0x7FFFu, _port.Read(Odr, 4));
    }

    [Fact] public void Bsrr_reads_as_zero()
    {
        _port.Write(Bsrr, 0xFFFF, 4);
        Assert.Equal(0u, _port.Read(Bsrr, 4));
    }

    [Fact] public void Output_pin_drives_its_wire_only_after_Moder_says_output()
    {
        _port.Write(Bsrr, 1, 4);
        Assert.Equal(Level.Floating, _port[0].Net.Level);
        _port.Write(Moder, 1, 4);
        Assert.Equal(Level.High, _port[0].Net.Level);
    }

    [Fact] public void Open_drain_high_leaves_the_wire_to_the_pull_up()
    {
        _port.Write(Otyper, 1, 4);
        _port.Write(Pupdr, 1, 4);
        _port.Write(Bsrr, 1, 4);
        _port.Write(Moder, 1, 4);
        Assert.Equal(Drive.PullUp, _port[0].Drive);
        Assert.Equal(1u, _port.Read(Idr, 4));
    }

    [Fact] public void Two_open_drain_pins_on_one_wire_are_a_wired_and()
    {
        var wire = _bench.Nets.Create("SRST");
        wire.Attach("R1", Drive.ResistorUp);
        _port[0].Connect(wire);
        _port[1].Connect(wire);
        _port.Write(Otyper, 3, 4);
        _port.Write(Bsrr, 3, 4);
        _port.Write(Moder, 5, 4);
        Assert.Equal(3u, _port.Read(Idr, 4));
        _port.Write(Bsrr, 1u << 17, 4);
        Assert.Equal(0u, _port.Read(Idr, 4));
    }

    [Fact] public void Two_push_pull_pins_against_each_other_stop_the_bench_by_wire_and_pin()
    {
        var wire = _bench.Nets.Create("SWDIO");
        _port[0].Connect(wire);
        _port[1].Connect(wire);
        _port.Write(Bsrr, 1, 4);
        string message = ChipBench.StopOf(() => _port.Write(Moder, 5, 4));
        Assert.Equal("wire SWDIO: F723.PC0 (High) and F723.PC1 (Low) drive against each other", message);
    }

    [Fact] public void Two_pins_on_one_wire_that_turn_with_one_store_are_no_conflict()
    {
        var wire = _bench.Nets.Create("SWCLK");
        _port[0].Connect(wire);
        _port[1].Connect(wire);
        _port.Write(Moder, 5, 4);
        int changes = 0;
        wire.Changed += _ => changes++;
        _port.Write(Bsrr, 3, 4);
        _port.Write(Bsrr, 3 << 16, 4);
        Assert.Equal(2, changes);
    }

    [Fact] public void Analog_mode_reads_zero_and_has_no_pull()
    {
        _port.Write(Pupdr, 1, 4);
        _port.Write(Moder, 3, 4);
        Assert.Equal(0u, _port.Read(Idr, 4));
        Assert.Equal(Drive.None, _port[0].Drive);
    }

    [Fact] public void Reset_values_of_port_A_keep_the_debug_port()
    {
        var a = _bench.Port('A');
        Assert.Equal(0xA800_0000u, a.Read(Moder, 4));
        Assert.Equal(0x6400_0000u, a.Read(Pupdr, 4));
        Assert.Equal(Level.High, a[13].Net.Level);
        Assert.Equal(Level.Low, a[14].Net.Level);
    }

    [Fact] public void Lock_sequence_freezes_the_pins_named_in_it()
    {
        _port.Write(Lckr, 0x1_0001, 4);
        _port.Write(Lckr, 0x0_0001, 4);
        _port.Write(Lckr, 0x1_0001, 4);
        Assert.Equal(0x1_0001u, _port.Read(Lckr, 4));
        _port.Write(Moder, 4, 4);
        Assert.Contains("GPIOC.MODER: pins 0x0001 reconfigured while LCKR locks them", ChipBench.StopOf(() => _port.Write(Moder, 5, 4)));
    }

    [Fact] public void Lock_sequence_with_another_pin_in_the_middle_does_nothing()
    {
        _port.Write(Lckr, 0x1_0001, 4);
        _port.Write(Lckr, 0x0_0002, 4);
        _port.Write(Lckr, 0x1_0001, 4);
        Assert.Equal(0x0_0001u, _port.Read(Lckr, 4));
    }

    [Fact] public void Alternate_function_that_the_pin_lacks_stops_by_pin_and_number() =>
        Assert.Contains("PC0 is in alternate function mode with AF0, which it does not have", ChipBench.StopOf(() => _port.Write(Moder, 2, 4)));

    [Fact] public void Alternate_function_of_a_block_without_a_model_stops_by_signal()
    {
        _port.Write(Afrl, 8u << 24, 4);
        Assert.Contains("PC6 carries AF8 USART6_TX, which is not modelled", ChipBench.StopOf(() => _port.Write(Moder, 2u << 12, 4)));
    }

    [Fact] public void Alternate_function_joins_the_pin_to_the_signal()
    {
        var signal = _bench.Die.AddSignal("USART6_TX");
        signal.Set(Drive.High);
        _port.Write(Afrl, 8u << 24, 4);
        _port.Write(Moder, 2u << 12, 4);
        Assert.Equal(Level.High, _port[6].Net.Level);
        signal.Set(Drive.Low);
        Assert.Equal(Level.Low, _port[6].Net.Level);
    }

    [Fact] public void Access_with_the_clock_off_names_the_register_and_the_enable_bit()
    {
        (_port.ClockEnabled, _port.ClockEnableBit) = (() => false, "RCC_AHB1ENR.GPIOCEN");
        Assert.Equal("GPIOC.ODR read while its clock is off (RCC_AHB1ENR.GPIOCEN = 0)", ChipBench.StopOf(() => _port.Read(Odr, 4)));
    }

    [Fact] public void Wrong_width_names_the_register()
    {
        string message = ChipBench.StopOf(() => _port.Write(Lckr, 1, 2));
        Assert.Equal("GPIOC.LCKR written with a 16-bit access at offset 0x1C, which the manual does not allow", message);
    }

    [Fact] public void Hole_in_the_block_names_the_offset() =>
        Assert.Equal("GPIOC: offset 0x40 read, which is not modelled", ChipBench.StopOf(() => _port.Read(0x40, 4)));
}
