using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Clocks;

public class ClockTreeF7Tests
{
    private readonly F7 _f7 = new();
    private Stm32F7 Chip => (Stm32F7)_f7.Machine.Chip;

    [Fact] public void After_power_on_the_core_runs_on_the_HSI() => Assert.Equal((16_000_000ul, 16_000_000ul), (Chip.Rcc.Hclk, _f7.Machine.Time.Hertz));

    [Fact] public void PLL_of_25_432_2_9_gives_216_and_48_MHz()
    {
        _f7.PreparePll();
        _f7[F7.Flash] = 7;
        _f7.SwitchToPll();
        Assert.Equal((216_000_000ul, 54_000_000ul, 108_000_000ul, 48_000_000ul), (Chip.Rcc.Hclk, Chip.Rcc.Pclk1, Chip.Rcc.Pclk2, Chip.Rcc.Clock48));
        Assert.Equal(216_000_000ul, _f7.Machine.Time.Hertz);
        Assert.Equal(2u << 2, _f7[F7.Rcc + 8] & 0xC);
    }

    [Fact] public void Too_few_wait_states_stop_the_bench()
    {
        _f7.PreparePll();
        _f7[F7.Flash] = 6;
        Assert.Contains("needs 7 wait states", ChipBench.StopOf(_f7.SwitchToPll));
    }

    [Fact] public void Above_180_MHz_without_over_drive_stops_the_bench()
    {
        _f7.PreparePll(overDrive: false);
        _f7[F7.Flash] = 7;
        Assert.Contains("over-drive off it must not pass 180 MHz", ChipBench.StopOf(_f7.SwitchToPll));
    }

    [Fact] public void PLL_input_above_2_MHz_stops_the_bench()
    {
        _f7[F7.Rcc] |= 1u << 16 | 1u << 18;
        _f7.Wait(10);
        _f7[F7.Rcc + 4] = 10 | 192 << 6 | 1 << 22 | 9 << 24;
        Assert.Contains("outside 1 to 2 MHz", ChipBench.StopOf(() => _f7[F7.Rcc] |= 1 << 24));
    }

    [Fact] public void Switching_to_a_PLL_that_is_not_locked_waits_for_it()
    {
        _f7[F7.Flash] = 7;
        _f7[F7.Rcc + 4] = 16 | 192 << 6 | 1 << 16 | 4 << 24;    // 16 MHz / 16 * 192 / 4 = 48 MHz
        _f7[F7.Rcc] |= 1 << 24;
        _f7[F7.Rcc + 8] = 2 | 4 << 10;
        Assert.Equal(16_000_000ul, Chip.Rcc.Hclk);
        _f7.Wait(F7.Millisecond);
        Assert.Equal(48_000_000ul, Chip.Rcc.Hclk);
    }

    [Fact] public void A_crystal_takes_two_milliseconds()
    {
        var machine = new Machine(PybdSf2.Board);
        machine.Bus.Write(F7.Rcc, 1u << 16 | 0x83, 4);
        machine.RunFor(SharpProbe.Sim.TimeBase.Second / 1000);
        Assert.Equal(0u, machine.Bus.Read(F7.Rcc, 4) & 1u << 17);
        machine.RunFor(SharpProbe.Sim.TimeBase.Second / 500);
        Assert.Equal(1u << 17, machine.Bus.Read(F7.Rcc, 4) & 1u << 17);
    }

    [Fact] public void Writing_the_PLL_while_it_runs_stops_the_bench()
    {
        _f7[F7.Rcc + 4] = 16 | 192 << 6 | 1 << 16 | 4 << 24;
        _f7[F7.Rcc] |= 1 << 24;
        Assert.Contains("PLLON = 1", ChipBench.StopOf(() => _f7[F7.Rcc + 4] = 16 | 100 << 6 | 4 << 24));
    }

    [Fact] public void A_block_without_clock_stops_the_bench_by_its_enable_bit() =>
        Assert.Contains("RCC_AHB1ENR.GPIOAEN", ChipBench.StopOf(() => _f7[0x4002_0014] = 1));

    [Fact] public void A_block_held_in_reset_stops_the_bench_by_its_reset_bit()
    {
        (_f7[F7.Rcc + 0x30], _f7[F7.Rcc + 0x10]) = (1, 1);
        Assert.Contains("RCC_AHB1RSTR.GPIOARST = 1", ChipBench.StopOf(() => _f7[0x4002_0014] = 1));
    }

    [Fact] public void A_reset_bit_puts_a_block_back()
    {
        _f7[F7.Rcc + 0x30] = 2;
        _f7[0x4002_0400] = 1;
        (_f7[F7.Rcc + 0x10], _f7[F7.Rcc + 0x10]) = (2, 0);
        Assert.Equal(0x280u, _f7[0x4002_0400]);
    }

    [Fact] public void A_block_that_is_not_modelled_stops_the_bench_by_name() => Assert.Contains("SPI5", ChipBench.StopOf(() => _f7[0x4001_5000] = 1));

    [Fact] public void The_backup_domain_is_locked_until_DBP()
    {
        _f7[F7.Rcc + 0x40] |= 1u << 28;
        Assert.Contains("DBP = 0", ChipBench.StopOf(() => _f7[0x4000_2850] = 1));
        _f7[F7.Pwr] |= 1 << 8;
        _f7[0x4000_2850] = 0x1234;
        _f7.Machine.SystemReset();
        _f7[F7.Rcc + 0x40] |= 1u << 28;
        Assert.Equal(0x1234u, _f7[0x4000_2850]);
    }
}
