using SharpProbe.Sim;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Clocks;

public class FlashF7Tests
{
    private const uint Cr = F7.Flash + 0x10, Sr = F7.Flash + 0x0C, Word = 2 << 8, Busy = 1 << 16;
    private readonly F7 _f7 = new();

    [Fact] public void Programming_without_unlock_stops_the_bench() => Assert.Contains("locked", ChipBench.StopOf(() => _f7[F7.Array] = 0));

    [Fact] public void Programming_without_PG_stops_the_bench()
    {
        _f7.Unlock();
        Assert.Contains("PG = 0", ChipBench.StopOf(() => _f7[F7.Array] = 0));
    }

    [Fact] public void A_width_other_than_PSIZE_stops_the_bench()
    {
        _f7.Unlock();
        _f7[Cr] = Word | 1;
        Assert.Contains("PSIZE says x32", ChipBench.StopOf(() => _f7.Machine.Bus.Write(F7.Array, 0, 1)));
    }

    [Fact] public void Setting_a_bit_stops_the_bench()
    {
        _f7.Unlock();
        _f7[Cr] = Word | 1;
        _f7[F7.Array] = 0xFFFF_0000;
        Assert.Contains("not erased", ChipBench.StopOf(() => _f7[F7.Array] = 0x0000_0001));
    }

    [Fact] public void A_programmed_word_is_there_after_16_us()
    {
        _f7.Unlock();
        _f7[Cr] = Word | 1;
        _f7[F7.Array + 8] = 0x1234_5678;
        Assert.Equal(Busy, _f7[Sr]);
        _f7.Wait(17);
        Assert.Equal((0u, 0x1234_5678u, 0x1234_5678u), (_f7[Sr], _f7[F7.Array + 8], _f7[0x0020_0008]));
    }

    [Fact] public void Reading_a_busy_flash_waits_for_the_end()
    {
        _f7.Unlock();
        _f7[Cr] = Word | 1;
        ulong before = _f7.Machine.Time.Now;
        _f7[F7.Array] = 5;
        Assert.Equal(5u, _f7[F7.Array]);
        Assert.True(_f7.Machine.Time.Now - before >= 16 * (TimeBase.Second / 1_000_000));
    }

    [Theory]
    [InlineData(0, 250, 0x0000_0000u, 0x0000_4000u)]
    [InlineData(4, 550, 0x0001_0000u, 0x0002_0000u)]
    [InlineData(7, 1000, 0x0006_0000u, 0x0008_0000u)]
    public void A_sector_erase_takes_its_typical_time(int sector, int milliseconds, uint first, uint end)
    {
        _f7.Machine.Load(new byte[0x8_0000], F7.Array);
        _f7.Wait(1);        // the core locks up and reads no more
        _f7.Unlock();
        _f7[Cr] = Word | 2 | (uint)sector << 3;
        _f7[Cr] |= 1 << 16;
        _f7.Wait((ulong)(milliseconds - 1) * F7.Millisecond);
        Assert.Equal(Busy, _f7[Sr]);
        _f7.Wait(2 * F7.Millisecond);
        Assert.Equal(0u, _f7[Sr]);
        var bytes = ((SharpProbe.Sim.Boards.Stm32F7)_f7.Machine.Chip).Flash.Memory.Span;
        Assert.Equal((0xFF, 0xFF), (bytes[(int)first], bytes[(int)end - 1]));
        Assert.Equal((int)(end - first), bytes.Count((byte)0xFF));
    }

    [Fact] public void A_wrong_key_stops_the_bench() => Assert.Contains("not the next key", ChipBench.StopOf(() => _f7[F7.Flash + 4] = 1));

    [Fact] public void CR_is_locked_after_reset() => Assert.Contains("LOCK = 1", ChipBench.StopOf(() => _f7[Cr] = 1));

    [Fact] public void Option_bytes_need_their_own_keys() => Assert.Contains("OPTLOCK = 1", ChipBench.StopOf(() => _f7[F7.Flash + 0x18] = 0));

    [Fact] public void A_boot_address_in_option_bytes_holds_from_the_next_reset()
    {
        (_f7[F7.Flash + 8], _f7[F7.Flash + 8]) = (0x0819_2A3B, 0x4C5D_6E7F);
        _f7[F7.Flash + 0x18] = 0x0040_0000 | 0x0800_0000 >> 14;
        _f7[F7.Flash + 0x14] |= 2;
        _f7.Wait(500 * F7.Millisecond);
        _f7.Machine.SystemReset();
        Assert.Equal(0x0800_0000u, _f7.Machine.Core.BootVectorTable);
    }

    [Fact] public void A_hardware_watchdog_runs_from_reset_on()
    {
        var resets = new List<string>();
        (_f7[F7.Flash + 8], _f7[F7.Flash + 8]) = (0x0819_2A3B, 0x4C5D_6E7F);
        _f7[F7.Flash + 0x14] &= ~(1u << 5);
        _f7[F7.Flash + 0x14] |= 2;
        _f7.Wait(500 * F7.Millisecond);
        _f7.Machine.SystemReset();
        _f7.Machine.WasReset += (_, reason) => resets.Add(reason);
        _f7.Wait(600 * F7.Millisecond);
        Assert.Contains("IWDG", Assert.Single(resets));
    }

    [Fact] public void A_protected_sector_answers_with_WRPERR()
    {
        (_f7[F7.Flash + 8], _f7[F7.Flash + 8]) = (0x0819_2A3B, 0x4C5D_6E7F);
        _f7[F7.Flash + 0x14] &= ~(1u << 17);
        _f7[F7.Flash + 0x14] |= 2;
        _f7.Wait(500 * F7.Millisecond);
        _f7.Machine.SystemReset();
        _f7.Unlock();
        _f7[Cr] = Word | 2 | 1 << 3 | 1 << 16;
        Assert.Equal(1u << 4, _f7[Sr]);
    }
}
