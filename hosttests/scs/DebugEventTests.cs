using SharpProbe.Sim;
using SharpProbe.Sim.Scs;

namespace SharpProbe.Tests.Scs;

/// <summary>BKPT, FPB, DWT, ITM, semihosting, reset requests: what firmware can do to the debug side of its own core.</summary>
public class DebugEventTests
{
    private const uint Demcr = 0xE000_EDFC, TrcEna = 1 << 24, MonEn = 1 << 16, Key = 0xC5AC_CE55;

    [Fact]
    public void CYCCNT_counts_core_cycles_once_it_is_unlocked_and_enabled()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig[Demcr] = TrcEna;
        rig[0xE000_1FB0] = Key;
        rig[0xE000_1004] = 5;
        rig[0xE000_1000] |= 1;
        ulong from = rig.Time.Cycles;
        rig.Core.Run(1000);
        Assert.Equal(5 + (uint)(rig.Time.Cycles - from), rig[0xE000_1004]);
    }

    [Fact]
    public void A_locked_DWT_of_the_M7_ignores_software()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig[Demcr] = TrcEna;
        rig[0xE000_1000] |= 1;
        Assert.Equal(0x4000_0000u, rig[0xE000_1000]);
        Assert.Equal(3u, rig[0xE000_1FB4]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_cycle_counter_survives_a_system_reset_but_not_power_on(bool powerOn, bool counts)
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        rig[Demcr] = TrcEna;
        rig[0xE000_1FB0] = Key;
        rig[0xE000_1000] |= 1;
        if (powerOn) rig.Core.ResetDebug();
        rig.Core.Reset();
        rig.Core.Run(rig.Time.Cycles + 100);
        Assert.Equal(counts, rig[0xE000_1004] != 0);
    }

    [Fact]
    public void The_DWT_without_TRCENA_stops_the_bench()
    {
        var rig = new CoreRig(/* nop; b . */ 0xBF00, 0xE7FE);
        Assert.Throws<BenchStop>(() => rig[0xE000_1000] |= 1);
    }

    [Fact]
    public void A_BKPT_that_nobody_takes_is_a_HardFault_with_DEBUGEVT()
    {
        var rig = new CoreRig(/* bkpt #1; b . */ 0xBE01, 0xE7FE);
        rig.Run(1);
        rig.RunToHandler(ExceptionNumber.HardFault);
        Assert.Equal((3u, 1u << 31, 2u), (rig.Core.Ipsr, rig.Core.Scb.Hfsr, rig.Core.Scb.Dfsr));
    }

    [Fact]
    public void With_MON_EN_a_BKPT_is_a_DebugMonitor_exception()
    {
        var rig = new CoreRig(/* nop; bkpt #1; b . */ 0xBF00, 0xBE01, 0xE7FE);
        rig[Demcr] = MonEn;
        rig.Run(2);
        rig.RunToHandler(ExceptionNumber.DebugMonitor);
        Assert.Equal((12u, 2u), (rig.Core.Ipsr, rig.Core.Scb.Dfsr));
        Assert.Equal(CoreRig.Main + 2, rig.Word(rig.Core.Msp + 24));
    }

    [Fact]
    public void An_FPB_comparator_breaks_before_its_instruction()
    {
        var rig = new CoreRig(/* movs r4, #1; movs r4, #2; b . */ 0x2401, 0x2402, 0xE7FE);
        rig[Demcr] = MonEn;
        rig[0xE000_2FB0] = Key;
        rig[0xE000_2008] = CoreRig.Main + 2 | 1;
        rig[0xE000_2000] = 3;
        rig.Run(2);
        rig.RunToHandler(ExceptionNumber.DebugMonitor);
        Assert.Equal((12u, 1u), (rig.Core.Ipsr, rig.Core[4]));
    }

    [Fact]
    public void An_FPB_comparator_that_is_set_later_breaks_in_code_that_ran_before()
    {
        var rig = new CoreRig(/* movs r4, #1; b .-2 */ 0x2401, 0xE7FD);
        bool hit = false;
        rig.Core.HaltingDebug = () => { hit = true; return rig.Core.Halted = true; };
        rig.Run(10);
        rig[0xE000_2FB0] = Key;
        rig[0xE000_2008] = CoreRig.Main | 1;
        rig[0xE000_2000] = 3;
        rig.Run(3);
        Assert.True(hit);
        Assert.Equal(CoreRig.Main, rig.Core.Pc);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    public void A_DWT_comparator_sees_stores_by_its_function(uint function, bool seen)
    {
        var rig = new CoreRig(/* str r0, [r1]; str r0, [r1]; b . */ 0x6008, 0x6008, 0xE7FE);
        rig.Core[1] = CoreRig.Ram + 0x40;
        rig.Run(1);
        rig[Demcr] = MonEn | TrcEna;
        rig[0xE000_1FB0] = Key;
        rig[0xE000_1020] = CoreRig.Ram + 0x40;
        rig[0xE000_1024] = 2;
        rig[0xE000_1028] = function;
        rig.Run(2);
        Assert.Equal(seen ? 12u : 0u, rig.Core.Ipsr);
        Assert.Equal(seen ? 4u : 0, rig.Core.Scb.Dfsr);
    }

    [Fact]
    public void ITM_bytes_arrive_at_the_tap_when_port_and_ITM_are_on()
    {
        var rig = new CoreRig(/* strb r0, [r1]; b . */ 0x7008, 0xE7FE);
        var seen = new List<(int, uint, int)>();
        rig.Core.Itm!.Written = (port, value, width) => seen.Add((port, value, width));
        rig[Demcr] = TrcEna;
        rig[0xE000_0FB0] = Key;
        rig[0xE000_0E80] = 1;
        rig[0xE000_0E00] = 2;
        (rig.Core[0], rig.Core[1]) = (0x141, 0xE000_0004);
        rig.Run(1);
        Assert.Equal([(1, 0x41u, 1)], seen);
    }

    [Fact]
    public void Semihosting_writes_to_the_console_and_exits()
    {
        var rig = new CoreRig(/* bkpt #0xab; movs r0, #0x18; mov r1, r2; bkpt #0xab; movs r4, #1; b . */ 0xBEAB, 0x2018, 0x4611, 0xBEAB, 0x2401, 0xE7FE);
        string text = "";
        var host = new Semihosting(rig.Time) { Console = t => text += t };
        rig.Core.Semihosting = host;
        rig.Word(CoreRig.Ram, 0x000A_6968);         // "hi\n"
        (rig.Core[0], rig.Core[1], rig.Core[2], rig.Core[4]) = (4, CoreRig.Ram, 0x20026, 0);
        rig.Run(10);
        Assert.Equal(("hi\n", 0, 0u), (text, host.ExitCode, rig.Core[4]));
    }

    [Fact]
    public void Semihosting_files_cannot_leave_their_directory()
    {
        var rig = new CoreRig(/* bkpt #0xab; b . */ 0xBEAB, 0xE7FE);
        rig.Core.Semihosting = new Semihosting(rig.Time, Path.GetTempPath());
        byte[] name = "../secret"u8.ToArray();
        for (uint i = 0; i < name.Length; i++) rig.Bus.Write(CoreRig.Ram + 0x100 + i, name[i], 1);
        rig.Word(CoreRig.Ram, CoreRig.Ram + 0x100);
        rig.Word(CoreRig.Ram + 4, 4);
        rig.Word(CoreRig.Ram + 8, (uint)name.Length);
        (rig.Core[0], rig.Core[1]) = (1, CoreRig.Ram);
        rig.Run(1);
        Assert.Equal(uint.MaxValue, rig.Core[0]);
    }

    [Fact]
    public void SYSRESETREQ_is_reported()
    {
        var rig = new CoreRig(/* str r0, [r1]; b . */ 0x6008, 0xE7FE);
        bool requested = false;
        rig.Core.SystemResetRequested += () => requested = true;
        (rig.Core[0], rig.Core[1]) = (0x05FA_0004, 0xE000_ED0C);
        rig.Run(1);
        Assert.True(requested);
    }

    [Fact]
    public void AIRCR_without_its_key_changes_nothing()
    {
        var rig = new CoreRig(/* b . */ 0xE7FE);
        rig[0xE000_ED0C] = 0x0000_0704;
        Assert.Equal(0xFA05_0000, rig[0xE000_ED0C]);
    }

    [Fact]
    public void An_unmodelled_private_register_stops_the_bench_by_address()
    {
        var rig = new CoreRig(/* ldr r0, [r1]; b . */ 0x6808, 0xE7FE);
        rig.Core[1] = 0xE004_1000;
        Assert.Contains("0xE0041000", Assert.Throws<BenchStop>(() => rig.Run(1)).Message);
    }
}
