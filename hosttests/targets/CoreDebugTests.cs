using SharpProbe.Sim.Pins;
using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.TargetRig;

namespace SharpProbe.Tests.Targets;

/// <summary>The core debug registers as a debugger meets them (DDI0403 C1.6).</summary>
public class CoreDebugTests
{
    private const uint TrcEna = 1 << 24;

    // movs r0, #0; loop: adds r0, #1; movs r1, #7; b loop
    private static TargetRig Counting() => new(0x2000, 0x3001, 0x2107, 0xE7FC);

    [Fact]
    public void A_write_without_the_key_does_not_halt()
    {
        var rig = Counting();
        rig[Dhcsr] = 3;
        Assert.False(rig.IsHalted);
    }

    [Fact]
    public void C_HALT_stops_the_core_and_DFSR_says_HALTED()
    {
        var rig = Counting();
        rig.Wait(100 * Microsecond);
        rig.Halt();
        uint before = rig.Register(0);
        rig.Wait(100 * Microsecond);
        Assert.Equal((true, before, 1u), (rig.IsHalted, rig.Register(0), rig[Dfsr]));
        rig[Dfsr] = 1;
        Assert.Equal(0u, rig[Dfsr]);
    }

    [Fact]
    public void Without_C_DEBUGEN_C_HALT_means_nothing()
    {
        var rig = Counting();
        rig[Dhcsr] = Key | 2;
        Assert.Equal(0u, rig[Dhcsr] & 0x2_0003);
    }

    [Fact]
    public void Registers_are_read_and_written_and_the_core_goes_on_from_there()
    {
        var rig = Counting();
        rig.HaltAtReset();
        Assert.Equal((Code, StackTop, 0x0100_0000u), (rig.Pc, rig.Register(13), rig.Register(16) & 0x0100_01FF));
        rig.Register(0, 0x1000);
        rig.Register(17, Ram + 0x800);
        rig.Register(20, 0x0001_5001);
        rig.Pc = Code + 2;
        rig.Step();
        Assert.Equal((0x1001u, Code + 4, Ram + 0x800, 0x0001_5001u), (rig.Register(0), rig.Pc, rig.Register(13), rig.Register(20)));
    }

    [Fact]
    public void Steps_go_instruction_by_instruction()
    {
        var rig = Counting();
        rig.HaltAtReset();
        uint[] addresses = new uint[5];
        for (int i = 0; i < 5; i++)
        {
            rig.Step();
            addresses[i] = rig.Pc;
        }
        Assert.Equal([Code + 2, Code + 4, Code + 6, Code + 2, Code + 4], addresses);
    }

    [Fact]
    public void A_DCRSR_write_while_the_core_runs_never_becomes_ready()
    {
        var rig = Counting();
        rig[Dhcsr] = Key | 1;
        rig[Dcrsr] = 0;
        Assert.Equal(0u, rig[Dhcsr] & 1 << 16);
    }

    [Fact]
    public void S_RETIRE_ST_and_S_RESET_ST_are_cleared_by_reading()
    {
        var rig = Counting();
        rig.Wait(10 * Microsecond);
        rig.Halt();
        Assert.Equal(3u << 24, rig[Dhcsr] & 3 << 24);
        Assert.Equal(0u, rig[Dhcsr] & 3 << 24);
        rig.Step();
        rig.Step();
        rig[Dhcsr] = Key | 5;
        rig.Wait(Microsecond * 5);
        Assert.Equal(1u << 24, rig[Dhcsr] & 3 << 24);
    }

    [Fact]
    public void BKPT_halts_on_itself()
    {
        var rig = new TargetRig(/* movs r0, #1; bkpt #0; movs r0, #2; b . */ 0x2001, 0xBE00, 0x2002, 0xE7FE);
        rig[Dhcsr] = Key | 1;
        rig.HaltAtReset();
        rig[Dfsr] = 0x1F;
        rig.Go();
        rig.Wait(20 * Microsecond);
        Assert.Equal((Code + 2, 2u, 1u), (rig.Pc, rig[Dfsr], rig.Register(0)));
        rig.Pc = Code + 4;
        rig.Step();
        Assert.Equal(2u, rig.Register(0));
    }

    [Fact]
    public void BKPT_without_a_debugger_is_a_HardFault()
    {
        var rig = new TargetRig(/* bkpt #0 */ 0xBE00);
        rig.Wait(20 * Microsecond);
        rig.Halt();
        Assert.Equal((Handler(3), 3u), (rig.Pc, rig.Register(16) & 0x1FF));
    }

    [Theory]
    [InlineData(2, 1u << 30)]
    [InlineData(4, 1u << 30)]
    [InlineData(6, 2u << 30)]
    [InlineData(4, 3u << 30)]
    public void An_FPB_comparator_halts_before_its_halfword(int offset, uint halves)
    {
        var rig = Counting();
        rig.HaltAtReset();
        uint at = Code + (uint)offset;
        if ((at & 2) != 0 && halves == 1u << 30) halves = 2u << 30;
        Assert.Equal(0x260u, rig[0xE000_2000]);
        rig[0xE000_2000] = 3;
        rig[0xE000_2008] = at & 0x1FFF_FFFC | halves | 1;
        rig.Go();
        rig.Wait(20 * Microsecond);
        Assert.Equal((true, at), (rig.IsHalted, rig.Pc));
        Assert.Equal(2u, rig[Dfsr] & 2);
    }

    [Theory]
    [InlineData(5u, false)]
    [InlineData(6u, true)]
    [InlineData(7u, true)]
    public void A_DWT_comparator_halts_after_a_store(uint function, bool halts)
    {
        var rig = new TargetRig(/* str r0, [r1, #4]; nop; nop; b . */ 0x6048, 0xBF00, 0xBF00, 0xE7FE);
        rig.HaltAtReset();
        rig.Register(1, Ram + 0x40);
        rig[Demcr] = TrcEna;
        rig[0xE000_1020] = Ram + 0x44;
        rig[0xE000_1024] = 2;
        rig[0xE000_1028] = function;
        rig[Dfsr] = 0x1F;
        rig.Go();
        rig.Wait(20 * Microsecond);
        Assert.Equal((halts, halts ? 4u : 0), (rig.IsHalted, rig[Dfsr]));
        Assert.Equal(halts ? 1u << 24 : 0, rig[0xE000_1028] & 1 << 24);
        Assert.Equal(0u, rig[0xE000_1028] & 1 << 24);
        if (halts) Assert.Equal(Code + 2, rig.Pc);
    }

    [Fact]
    public void A_DWT_address_comparator_halts_at_its_instruction()
    {
        var rig = Counting();
        rig.HaltAtReset();
        rig[Demcr] = TrcEna;
        rig[0xE000_1030] = Code + 4;
        rig[0xE000_1038] = 4;
        rig[Dfsr] = 0x1F;
        rig.Go();
        rig.Wait(20 * Microsecond);
        Assert.Equal((true, Code + 4, 4u), (rig.IsHalted, rig.Pc, rig[Dfsr]));
    }

    [Fact]
    public void VC_CORERESET_catches_a_reset_and_debug_registers_survive_it()
    {
        var rig = Counting();
        rig[Demcr] = TrcEna;
        rig[0xE000_1020] = 0x1234_5678;
        rig[0xE000_2000] = 3;
        rig[0xE000_2008] = 0x0800_0401 | 1u << 30;
        rig[Dhcsr] = Key | 1;
        rig[Demcr] = TrcEna | 1;
        rig[Aircr] = 0x05FA_0004;
        rig.Wait(50 * Microsecond);
        Assert.Equal((Code, 8u), (rig.Pc, rig[Dfsr] & 8));
        Assert.Equal((0x1234_5678u, 0x4800_0401u, 0x261u, TrcEna | 1), (rig[0xE000_1020], rig[0xE000_2008], rig[0xE000_2000], rig[Demcr]));
    }

    [Fact]
    public void A_reset_without_VC_CORERESET_lets_a_halted_core_run()
    {
        var rig = Counting();
        rig.Halt();
        rig[Aircr] = 0x05FA_0004;
        rig.Wait(100 * Microsecond);
        Assert.Equal(1u, rig[Dhcsr] & 0x2_0003);
    }

    [Fact]
    public void VECTRESET_in_Debug_state_resets_the_core_alone()
    {
        var rig = Counting();
        rig[0x4002_1018] = 4;       // RCC_APB2ENR.IOPAEN
        rig.Halt();
        rig[Demcr] = 1;
        rig[Aircr] = 0x05FA_0001;
        rig.Wait(Microsecond);
        Assert.Equal((true, Code, 4u), (rig.IsHalted, rig.Pc, rig[0x4002_1018]));
    }

    [Theory]
    [InlineData(1u << 10, true)]
    [InlineData(1u << 8, true)]
    [InlineData(1u << 4, false)]
    public void Vector_catch_halts_before_the_handler_of_a_fault(uint catches, bool halts)
    {
        var rig = new TargetRig(/* ldr r0, [r1] from nowhere; b . */ 0x6808, 0xE7FE);
        rig.HaltAtReset();
        rig.Register(1, 0x7000_0000);
        rig[Demcr] = catches;
        rig[Dfsr] = 0x1F;
        rig.Go();
        rig.Wait(20 * Microsecond);
        Assert.Equal((halts, halts ? 8u : 0), (rig.IsHalted, rig[Dfsr]));
        rig.Halt();
        Assert.Equal(Handler(3), rig.Pc);
    }

    [Fact]
    public void A_step_over_SVC_ends_at_the_handler()
    {
        var rig = new TargetRig(/* svc #0; b . */ 0xDF00, 0xE7FE);
        rig.HaltAtReset();
        rig.Step();
        Assert.Equal((Handler(11), 11u), (rig.Pc, rig.Register(16) & 0x1FF));
    }

    [Theory]
    [InlineData(0u, 15u)]
    [InlineData(8u, 0u)]
    public void C_MASKINTS_keeps_a_pending_interrupt_out_of_a_step(uint maskInts, uint exception)
    {
        var rig = Counting();
        rig.HaltAtReset();
        rig[0xE000_ED04] = 1 << 26;     // PENDSTSET
        if (maskInts != 0) rig[Dhcsr] = Key | 3 | maskInts;
        rig.Step(maskInts);
        Assert.Equal(exception, rig.Register(16) & 0x1FF);
        Assert.Equal(exception != 0 ? Handler(15) : Code + 2, rig.Pc);
    }

    [Fact]
    public void Sleep_shows_and_a_halt_ends_it()
    {
        var rig = new TargetRig(/* wfi; movs r0, #1; b . */ 0xBF30, 0x2001, 0xE7FE);
        rig.Wait(50 * Microsecond);
        Assert.Equal(1u << 18, rig[Dhcsr] & 0xF << 16 & ~(1u << 16));
        rig.Halt();
        Assert.Equal(0u, rig[Dhcsr] & 1 << 18);
        Assert.Equal(Code + 2, rig.Pc);
    }

    [Fact]
    public void Lockup_shows_and_a_halt_finds_the_program_counter_of_nowhere()
    {
        var rig = new TargetRig();      // erased flash
        rig.Target.SystemReset();
        rig.Wait(50 * Microsecond);
        Assert.Equal(1u << 19, rig[Dhcsr] & 1 << 19);
        rig.Halt();
        Assert.Equal((0xFFFF_FFFEu, 0u), (rig.Pc, rig[Dhcsr] & 1 << 19));
    }

    [Fact]
    public void SysTick_and_CYCCNT_stand_still_while_halted()
    {
        var rig = Counting();
        rig.Halt();
        rig[Demcr] = TrcEna;
        rig[0xE000_E014] = 0xFFFFFF;
        rig[0xE000_E010] = 5;
        rig[0xE000_1000] = 1;
        uint tick = rig[0xE000_E018], cycles = rig[0xE000_1004];
        rig.Wait(Millisecond);
        Assert.Equal((tick, cycles), (rig[0xE000_E018], rig[0xE000_1004]));
        rig.Go();
        rig.Wait(Millisecond);
        Assert.InRange(rig[0xE000_1004] - cycles, 7_900u, 8_200u);
    }

    [Fact]
    public void Identification_is_that_of_a_medium_density_F103()
    {
        var rig = Counting();
        Assert.Equal(0x411F_C231u, rig[0xE000_ED00]);
        Assert.Equal(0x2003_6410u, rig[0xE004_2000]);
        uint[] rom = [.. Enumerable.Range(0, 7).Select(i => rig[0xE00F_F000 + (uint)i * 4])];
        Assert.Equal([0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2003, 0], rom);
        uint[] pid = [.. new uint[] { 0xFE0, 0xFE4, 0xFE8, 0xFEC, 0xFD0 }.Select(o => rig[0xE00F_F000 + o])];
        Assert.Equal([0x10, 0x04, 0x0A, 0x00, 0x00], pid);
        Assert.Equal((0x0Du, 0x10u, 0x05u, 0xB1u), (rig[0xE00F_FFF0], rig[0xE00F_FFF4], rig[0xE00F_FFF8], rig[0xE00F_FFFC]));
        Assert.Equal((0x24u, 0xB9u), (rig[0xE004_1FE0], rig[0xE004_1FE4]));
    }

    [Fact]
    public void The_reset_pin_holds_the_core_while_the_debug_registers_answer()
    {
        var rig = Counting();
        var nrst = rig.Probe.Pin("PA6");
        rig.Target.ConnectReset(nrst.Net);
        nrst.Set(Drive.Low);
        rig.Wait(100 * Microsecond);
        Assert.Null(rig.Read(Ram));
        rig[Dhcsr] = Key | 1;
        rig[Demcr] = 1;
        Assert.Equal(1u << 25, rig[Dhcsr] & 1 << 25);
        Assert.Equal(1u << 25, rig[Dhcsr] & 1 << 25);
        nrst.Set(Drive.None);
        rig.Wait(20 * Microsecond);
        Assert.Equal((true, Code), (rig.IsHalted, rig.Pc));
    }

    [Fact]
    public void What_is_not_modelled_stops_the_target_by_its_name_and_not_the_probe()
    {
        var rig = Counting();
        Assert.Null(rig.Read(0x4000_5400));
        Assert.Contains("I2C1", rig.Target.Stopped!.Message);
        rig.Wait(Millisecond);
    }

    [Fact]
    public void A_reset_brings_a_stopped_target_back_in_the_present()
    {
        var rig = Counting();
        rig.Target.ConnectReset(rig.Probe.Pin("PA6").Net);
        rig.Read(0x4000_5400);
        rig.Wait(Millisecond);
        rig.Probe.Pin("PA6").Set(Drive.Low);
        rig.Wait(100 * Microsecond);
        rig.Probe.Pin("PA6").Set(Drive.None);
        rig.Wait(100 * Microsecond);
        Assert.Null(rig.Target.Stopped);
        rig.Halt();
        Assert.InRange(rig.Register(0), 100u, 400u);
    }

    [Fact]
    public void Reserved_words_and_blocks_without_clock_read_zero()
    {
        var rig = Counting();
        Assert.Equal((0u, 0u, 0u), (rig[0x4002_1040], rig[0x4001_0800], rig[0xE000_1FBC]));
        Assert.Null(rig.Read(0x5000_0000));
        Assert.Null(rig.Target.Stopped);
    }
}
