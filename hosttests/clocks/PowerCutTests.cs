using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Chips.Clocks;
using SharpProbe.Sim.Chips.H7;

namespace SharpProbe.Tests.Clocks;

/// <summary>The power goes while flash is erased or programmed; the registers are driven from outside.</summary>
public class PowerCutTests
{
    private const uint F7Cr = F7.Flash + 0x10, H7Cr = H7.Flash + 0x0C, H7Sr = H7.Flash + 0x10, H7Ccr = H7.Flash + 0x14, H7Failed = H7.Flash + 0x60;
    private const uint DbEcc = 1 << 26, Sector2 = 0x0800_8000;

    private static List<string> Resets(Machine machine)
    {
        var resets = new List<string>();
        machine.WasReset += (cause, reason) => resets.Add($"{cause}: {reason}");
        return resets;
    }

    /// <summary>Three words at sector 2 of an F7; the power goes in one.</summary>
    private static (F7 Chip, List<string> Resets) ProgramF7(int cutAt, CutMoment moment, int seed = 1)
    {
        var f7 = new F7();
        var resets = Resets(f7.Machine);
        var cut = new PowerCut(f7.Machine);
        cut.Arm(cutAt, moment, seed);
        for (uint i = 0; i < 3 && resets.Count == 0; i++)
        {
            if (i == 0) f7.Unlock();
            f7[F7Cr] = 2 << 8 | 1;
            f7[Sector2 + 4 * i] = 0x1111_1111 * (i + 1);
            f7.Wait(17);
        }
        return (f7, resets);
    }

    [Theory]
    [InlineData(CutMoment.Start, 0xFFFF_FFFFu)]
    [InlineData(CutMoment.End, 0x2222_2222u)]
    public void A_word_is_old_or_new_at_the_ends_of_its_programming(CutMoment moment, uint expected)
    {
        var (f7, resets) = ProgramF7(1, moment);
        Assert.Equal("PowerOn: power cut in programming at 0x08008004", Assert.Single(resets));
        Assert.Equal((0x1111_1111u, expected, 0xFFFF_FFFFu), (f7[Sector2], f7[Sector2 + 4], f7[Sector2 + 8]));
    }

    [Fact] public void In_the_middle_some_of_its_bits_are_programmed_and_the_seed_says_which()
    {
        uint[] left = [.. Enumerable.Range(1, 8).Select(seed => ProgramF7(1, CutMoment.Middle, seed).Chip[Sector2 + 4])];
        Assert.All(left, word => Assert.Equal(0x2222_2222u, word & 0x2222_2222));
        Assert.True(left.Distinct().Count() > 4);
        Assert.Equal(left[0], ProgramF7(1, CutMoment.Middle, 1).Chip[Sector2 + 4]);
    }

    [Fact] public void A_reset_in_the_middle_tears_a_word_as_well()
    {
        var f7 = new F7();
        f7.Wait(1);         // the core locks up and reads no more
        f7.Unlock();
        f7[F7Cr] = 2 << 8 | 1;
        f7[Sector2] = 0;
        f7.Wait(8);
        f7.Machine.SystemReset();
        Assert.NotEqual(0u, f7[Sector2]);
        Assert.NotEqual(0xFFFF_FFFFu, f7[Sector2]);
    }

    [Fact] public void An_erase_that_ended_early_leaves_old_random_and_erased_lines()
    {
        var f7 = new F7();
        f7.Machine.Load([.. Enumerable.Repeat((byte)0x5A, 0x4000)], Sector2);
        var cut = new PowerCut(f7.Machine);
        cut.Arm(0, CutMoment.Middle, 3);
        f7.Unlock();
        f7[F7Cr] = 2 << 8 | 2 | 2 << 3;
        f7[F7Cr] |= 1 << 16;
        f7.Wait(251 * F7.Millisecond);
        Assert.Equal((true, Sector2, 0x4000u), (cut.Happened!.Value.IsErase, cut.Happened.Value.Address, cut.Happened.Value.Size));
        var sector = ((Stm32F7)f7.Machine.Chip).Flash.Memory.Span.Slice(0x8000, 0x4000);
        int old = 0, erased = 0;
        for (int i = 0; i < sector.Length; i += 32)
        {
            old += sector.Slice(i, 32).ContainsAnyExcept((byte)0x5A) ? 0 : 1;
            erased += sector.Slice(i, 32).ContainsAnyExcept((byte)0xFF) ? 0 : 1;
        }
        Assert.True(old > 10 && erased > 10 && old + erased < 400, $"{old} old, {erased} erased of 512");
        Assert.False(((Stm32F7)f7.Machine.Chip).Flash.Memory.Span[..0x8000].ContainsAnyExcept((byte)0xFF));
    }

    [Fact] public void RAM_holds_other_noise_after_each_cut()
    {
        var machine = new F7().Machine;
        machine.Bus.Write(0x2000_0000, 0x544F_4F42, 4);
        uint first = Lose(), second = Lose();
        Assert.NotEqual(0x544F_4F42u, first);
        Assert.NotEqual(first, second);

        uint Lose()
        {
            machine.LosePower("test");
            machine.RunFor(SharpProbe.Sim.TimeBase.Second / 1000);
            return machine.Bus.Read(0x2000_0000, 4);
        }
    }

    [Theory]
    [InlineData(false, 0u)]
    [InlineData(true, 42u)]
    public void A_battery_keeps_the_backup_registers(bool battery, uint expected)
    {
        var h7 = new H7();
        h7.Machine.Chip.Battery = battery;
        h7[H7.Pwr] |= 1 << 8;
        h7[H7.Rcc + 0xF4] |= 1 << 16;
        h7[0x5800_4050] = 42;
        h7.Machine.LosePower("test");
        h7.Wait(1);
        h7[H7.Rcc + 0xF4] |= 1 << 16;
        Assert.Equal(expected, h7[0x5800_4050]);
    }

    /// <summary>A flash word of an H743 whose programming the power did not survive.</summary>
    private static H7 ProgramH7(CutMoment moment, int seed)
    {
        var h7 = new H7();
        new PowerCut(h7.Machine).Arm(0, moment, seed);
        h7.Unlock();
        h7[H7Cr] = 3 << 4 | 2;
        for (uint i = 0; i < 8; i++) h7[H7.Array + 64 + 4 * i] = 0x0123_4567 * (i + 1);
        h7.Wait(101);
        return h7;
    }

    private static int Unreadable(H7 h7) => ((Stm32H7)h7.Machine.Chip).Flash.Banks[0].Memory!.Holes!.Count;

    [Fact] public void A_torn_flash_word_mostly_fails_its_ECC_and_is_never_what_was_written()
    {
        int unreadable = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var h7 = ProgramH7(CutMoment.Middle, seed);
            if (Unreadable(h7) == 1) unreadable++;
            else Assert.False(Enumerable.Range(0, 8).All(i => h7[H7.Array + 64 + 4 * (uint)i] == 0x0123_4567u * (uint)(i + 1)), $"seed {seed}");
        }
        Assert.InRange(unreadable, 20, 39);
    }

    [Fact] public void A_read_of_it_is_a_bus_error_with_its_flag_and_address()
    {
        var h7 = Enumerable.Range(0, 20).Select(seed => ProgramH7(CutMoment.Middle, seed)).First(h7 => Unreadable(h7) == 1);
        Assert.False(h7.Machine.Bus.TryRead(H7.Array + 68, 4, out _));
        Assert.Equal((DbEcc, 2u), (h7[H7Sr] & DbEcc, h7[H7Failed]));
        h7[H7Ccr] = DbEcc;
        Assert.Equal((0u, 0u), (h7[H7Sr] & DbEcc, h7[H7Failed]));
        Assert.True(h7.Machine.Bus.TryRead(H7.Array + 96, 4, out _));
    }

    [Fact] public void An_erase_makes_it_readable_again()
    {
        var h7 = Enumerable.Range(0, 20).Select(seed => ProgramH7(CutMoment.Middle, seed)).First(h7 => Unreadable(h7) == 1);
        h7.Unlock();
        h7[H7Cr] = 3 << 4 | 4;
        h7[H7Cr] |= 1 << 7;
        h7.Wait(1_000_001);
        Assert.Equal(0xFFFF_FFFFu, h7[H7.Array + 64]);
    }

    [Fact] public void An_erase_of_the_H7_that_ended_early_leaves_words_that_cannot_be_read()
    {
        var h7 = new H7();
        h7.Machine.Load(new byte[0x2_0000], H7.Array);
        h7.Wait(1);
        new PowerCut(h7.Machine).Arm(0, CutMoment.Middle, 5);
        h7.Unlock();
        h7[H7Cr] = 3 << 4 | 4;
        h7[H7Cr] |= 1 << 7;
        h7.Wait(1_000_001);
        Assert.InRange(Unreadable(h7), 1000, 2500);
    }

    [Fact] public void The_core_gets_a_BusFault()
    {
        var h7 = Enumerable.Range(0, 20).Select(seed => ProgramH7(CutMoment.Middle, seed)).First(h7 => Unreadable(h7) == 1);
        h7.Machine.Load(Elf.Assembled.Elf("""
            .word 0x20010000, start + 1, 0, fault + 1
            .type start, %function
            .type fault, %function
            start:
            ldr r0, =0x08000044
            movs r2, #1
            ldr r1, [r0]
            movs r2, #2
            b .
            fault: ldr r3, =0xE000ED28
            ldr r3, [r3]
            b .
            .ltorg
            """));
        h7.Wait(10);
        Assert.Equal((1u, 0x8200u), (h7.Machine.Core[2], h7.Machine.Core[3]));
    }
}
