using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Tests.Elf;

namespace SharpProbe.Tests.Clocks;

public class MachineTests
{
    private const ulong Millisecond = TimeBase.Second / 1000;
    private const uint Power = 0x0E00_0000, Pin = 1u << 26, Software = 1u << 28, Watchdog = 1u << 29;

    /// <summary>A vector table, then code at "start".</summary>
    private static Machine Boot(string code)
    {
        var machine = new Machine(StLinkV3Mini.Board);
        machine.Load(Assembled.Elf($"""
            .word 0x20010000, start + 1
            .type start, %function
            start:
            {code}
            """));
        return machine;
    }

    private static uint Flags(Machine machine) => machine.Bus.Read(F7.Rcc + 0x74, 4) & 0xFE00_0000;

    [Fact] public void Code_runs_from_the_vector_table_in_flash()
    {
        var machine = Boot("ldr r0, =0x20010000\n movs r1, #42\n str r1, [r0]\n b .");
        Assert.True(machine.RunFor(Millisecond), machine.Stopped?.ToString());
        Assert.Equal(42u, machine.Bus.Read(0x2001_0000, 4));
    }

    [Fact] public void A_pin_lights_the_board_s_red_light()
    {
        var machine = Boot("""
            ldr r0, =0x40023800
            movs r1, #1
            str r1, [r0, #0x30]
            ldr r0, =0x40020000
            ldr r1, [r0]
            orr r1, r1, #0x100000
            str r1, [r0]
            mov r1, #0x400
            str r1, [r0, #0x18]
            b .
            """);
        Assert.False(machine.IsLit("red"));
        Assert.True(machine.RunFor(Millisecond), machine.Stopped?.ToString());
        Assert.True(machine.IsLit("red"));
    }

    [Fact] public void The_console_hears_the_chip()
    {
        var machine = Boot("""
            ldr r0, =0x40023800
            movs r1, #4
            str r1, [r0, #0x30]
            mov r1, #0x40000
            str r1, [r0, #0x40]
            ldr r0, =0x40020800
            mov r1, #0x700
            str r1, [r0, #0x24]
            mov r1, #0x200000
            str r1, [r0]
            ldr r0, =0x40004800
            movs r1, #139
            str r1, [r0, #12]
            movs r1, #9
            str r1, [r0]
            movs r1, #'H'
            str r1, [r0, #0x28]
            b .
            """);
        var heard = new StringBuilder();
        machine.Console.Received += (word, _, good) => heard.Append(good ? (char)word : '?');
        Assert.True(machine.RunFor(Millisecond), machine.Stopped?.ToString());
        Assert.Equal("H", heard.ToString());
    }

    [Fact] public void Power_on_sets_its_flags_and_RMVF_clears_them()
    {
        var machine = Boot("b .");
        Assert.Equal(Power | Pin, Flags(machine));
        machine.Bus.Write(F7.Rcc + 0x74, 1 << 24, 4);
        Assert.Equal(0u, Flags(machine));
    }

    [Fact] public void A_software_reset_sets_SFTRSTF_and_keeps_RAM()
    {
        var machine = Boot("""
            ldr r0, =0x20010000
            ldr r1, [r0]
            ldr r2, =0x12345678
            cmp r1, r2
            beq .
            str r2, [r0]
            ldr r0, =0x40023874
            mov r1, #0x1000000
            str r1, [r0]
            ldr r0, =0xE000ED0C
            ldr r1, =0x05FA0004
            str r1, [r0]
            b .
            """);
        var causes = new List<ResetCause>();
        machine.WasReset += (cause, _) => causes.Add(cause);
        Assert.True(machine.RunFor(Millisecond), machine.Stopped?.ToString());
        Assert.Equal([ResetCause.Software], causes);
        Assert.Equal(Software | Pin, Flags(machine));
        Assert.Equal(0x1234_5678u, machine.Bus.Read(0x2001_0000, 4));
    }

    [Fact] public void A_watchdog_that_is_not_fed_resets_and_sets_its_flag()
    {
        var machine = Boot("""
            ldr r0, =0x40023874
            ldr r1, [r0]
            tst r1, #0x20000000
            bne .
            mov r1, #0x1000000
            str r1, [r0]
            ldr r0, =0x40003000
            movw r1, #0xCCCC
            str r1, [r0]
            b .
            """);
        Assert.True(machine.RunFor(600 * Millisecond), machine.Stopped?.ToString());
        Assert.Equal(Watchdog | Pin, Flags(machine));
    }

    [Fact] public void Code_in_flash_stands_still_while_its_flash_is_erased()
    {
        var machine = Boot("""
            ldr r0, =0x40023C00
            ldr r1, =0x45670123
            str r1, [r0, #4]
            ldr r1, =0xCDEF89AB
            str r1, [r0, #4]
            movw r1, #0x23A             // sector 7, x32
            str r1, [r0, #0x10]
            orr r1, r1, #0x10000
            str r1, [r0, #0x10]
            ldr r2, =0x20010000
            str r1, [r2]
            b .
            """);
        machine.Bus.Write(0x2001_0000, 0, 4);
        Assert.True(machine.RunFor(900 * Millisecond), machine.Stopped?.ToString());
        Assert.Equal(0u, machine.Bus.Read(0x2001_0000, 4));
        Assert.True(machine.RunFor(200 * Millisecond), machine.Stopped?.ToString());
        Assert.Equal(0x1_023Au, machine.Bus.Read(0x2001_0000, 4));
    }

    [Fact] public void RAM_holds_the_same_noise_at_each_power_on()
    {
        var machine = Boot("b .");
        uint first = machine.Bus.Read(0x2002_0000, 4);
        machine.Bus.Write(0x2002_0000, ~first, 4);
        machine.PowerOn();
        Assert.Equal(first, machine.Bus.Read(0x2002_0000, 4));
        Assert.NotEqual(0u, first);
    }

    [Fact] public void A_stop_says_where_it_happened()
    {
        var machine = Boot("nop\n ldr r0, =0x40020000\n ldr r1, [r0]\n b .");
        Assert.False(machine.RunFor(Millisecond));
        Assert.Contains("GPIOA.MODER read while its clock is off", machine.Stopped!.Message);
        Assert.Equal(0x0800_000Cu, machine.Stopped.Pc & ~0x0020_0000u | 0x0800_0000);
    }

    [Fact] public void The_F723_has_its_identification()
    {
        var machine = Boot("b .");
        Assert.Equal(0x452u, machine.Bus.Read(0xE004_2000, 4) & 0xFFF);
        Assert.Equal(512u, machine.Bus.Read(0x1FF0_7A22, 2));
        Assert.NotEqual(0u, machine.Bus.Read(0x1FF0_7A10, 4));
    }
}
