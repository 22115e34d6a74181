using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Clocks;

public class ClockTreeH7Tests
{
    private readonly H7 _h7 = new();
    private Stm32H7 Chip => (Stm32H7)_h7.Machine.Chip;

    [Fact] public void After_power_on_the_core_runs_on_the_HSI() => Assert.Equal((64_000_000ul, 64_000_000ul), (Chip.Rcc.CpuHertz, _h7.Machine.Time.Hertz));

    [Fact] public void PLL1_drives_core_AHB_and_APB()
    {
        _h7.Supply();
        _h7.PreparePll();
        _h7[H7.Flash] = 0x24;
        _h7.SwitchToPll();
        Assert.Equal((400_000_000ul, 200_000_000ul, 100_000_000ul, 50_000_000ul), (Chip.Rcc.CpuHertz, Chip.Rcc.Hclk, Chip.Rcc.Pclk2, Chip.Rcc.Plls[0].OutputQ));
        Assert.Equal(3u << 3, _h7[H7.Rcc + 0x10] & 0x38);
    }

    [Fact] public void The_core_may_not_run_faster_than_its_voltage_scale_allows()
    {
        _h7.PreparePll();
        Assert.Contains("at VOS3 it must not pass 200 MHz", ChipBench.StopOf(_h7.SwitchToPll));
    }

    [Fact] public void Too_few_wait_states_stop_the_bench()
    {
        _h7.Supply();
        _h7.PreparePll();
        _h7[H7.Flash] = 0x21;
        Assert.Contains("needs 2 wait states", ChipBench.StopOf(_h7.SwitchToPll));
    }

    [Fact] public void The_voltage_scale_waits_for_the_supply_configuration() =>
        Assert.Contains("ACTVOSRDY = 0", ChipBench.StopOf(() => _h7[H7.Pwr + 0x18] = 3 << 14));

    [Fact] public void The_supply_is_configured_once()
    {
        _h7[H7.Pwr + 0x0C] = 2;
        _h7.Machine.SystemReset();
        Assert.Contains("written again", ChipBench.StopOf(() => _h7[H7.Pwr + 0x0C] = 6));
    }

    [Fact] public void A_wrong_input_range_stops_the_bench()
    {
        _h7[H7.Rcc] |= 1 << 16;
        _h7.Wait(3000);
        _h7[H7.Rcc + 0x28] = 2 | 5 << 4 | 32 << 12 | 32 << 20;
        Assert.Contains("outside 1 to 2 MHz, which PLL1RGE declares", ChipBench.StopOf(() => _h7[H7.Rcc] |= 1 << 24));
    }

    [Fact] public void A_fraction_adds_to_the_multiplier()
    {
        _h7[H7.Rcc + 0x28] = 0 | 16 << 4 | 32 << 12 | 32 << 20;     // HSI 64 MHz / 16 = 4 MHz
        _h7[H7.Rcc + 0x2C] = 0x01FF_0000 | 2 << 2 | 1;
        _h7[H7.Rcc + 0x34] = 4096 << 3;
        _h7[H7.Rcc + 0x30] = 99 | 1 << 9 | 1 << 16 | 1 << 24;
        _h7[H7.Rcc] |= 1 << 24;
        _h7.Wait(200);
        Assert.Equal((402_000_000ul, 201_000_000ul), (Chip.Rcc.Plls[0].Vco, Chip.Rcc.Plls[0].OutputP));
    }

    [Fact] public void A_USART_s_kernel_clock_follows_its_selection()
    {
        _h7[H7.Rcc + 0x54] = 3 << 3 | 4;
        _h7[H7.Rcc] |= 1 << 7;
        _h7.Wait(10);
        Assert.Equal((64_000_000ul, 4_000_000ul), (Chip.Rcc.Uart(1), Chip.Rcc.Uart(2)));
    }

    [Fact] public void A_software_reset_sets_its_flags()
    {
        Assert.Equal(0x00FA_0000u, _h7[H7.Rcc + 0xD0]);
        _h7[H7.Rcc + 0xD0] = 1 << 16;
        _h7.Machine.SystemReset(SharpProbe.Sim.Chips.Clocks.ResetCause.Software);
        Assert.Equal((0x0142_0000u, 0x0142_0000u), (_h7[H7.Rcc + 0xD0], _h7[H7.Rcc + 0x130]));
    }

    [Fact] public void The_second_view_of_an_enable_register_is_the_first()
    {
        _h7[H7.Rcc + 0x140] = 2;
        Assert.Equal(2u, _h7[H7.Rcc + 0xE0]);
        _h7[0x5802_0414] = 1;
    }

    [Fact] public void SRAM1_needs_its_clock() => Assert.Contains("RCC_AHB2ENR.SRAM1EN", ChipBench.StopOf(() => _h7[0x3000_0000] = 1));

    [Fact] public void SRAM1_answers_with_its_clock_on()
    {
        _h7[H7.Rcc + 0xDC] = 1u << 29;
        _h7[0x3000_0000] = 0x55;
        Assert.Equal(0x55u, _h7[0x3000_0000]);
        _h7[H7.Rcc + 0xDC] = 0;
        Assert.Contains("SRAM1 read while its clock is off", ChipBench.StopOf(() => _ = _h7[0x3000_0000]));
    }

    [Fact] public void The_H743_has_its_identification()
    {
        Assert.Equal(0x450u, _h7[0x5C00_1000] & 0xFFF);
        Assert.Equal(2048u, _h7.Machine.Bus.Read(0x1FF1_E880, 2));
        Assert.NotEqual(0u, _h7[0x1FF1_E800]);
    }
}
