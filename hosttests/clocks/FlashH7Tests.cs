using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Clocks;

public class FlashH7Tests
{
    private const uint Cr1 = H7.Flash + 0x0C, Sr1 = H7.Flash + 0x10, Sr2 = H7.Flash + 0x110, Cr2 = H7.Flash + 0x10C, X64 = 3 << 4;
    private readonly H7 _h7 = new();

    private void ProgramWord(uint address)
    {
        for (uint i = 0; i < 8; i++) _h7[address + 4 * i] = 0x1111_1111 * i;
    }

    [Fact] public void Programming_without_unlock_stops_the_bench() => Assert.Contains("locked", ChipBench.StopOf(() => _h7[H7.Array] = 0));

    [Fact] public void A_flash_word_is_programmed_when_its_last_byte_is_there()
    {
        _h7.Unlock();
        _h7[Cr1] = X64 | 2;
        for (uint i = 0; i < 7; i++) _h7[H7.Array + 4 * i] = i;
        Assert.Equal(2u, _h7[Sr1]);
        _h7[H7.Array + 28] = 7;
        Assert.Equal(5u, _h7[Sr1]);
        _h7.Wait(101);
        Assert.Equal((1u << 16, 6u, 7u), (_h7[Sr1], _h7[H7.Array + 24], _h7[H7.Array + 28]));
    }

    [Fact] public void FW_programs_a_word_that_is_not_full()
    {
        _h7.Unlock();
        _h7[Cr1] = X64 | 2;
        _h7[H7.Array] = 1;
        _h7[Cr1] |= 1 << 6;
        _h7.Wait(101);
        Assert.Equal((1u, 0xFFFF_FFFFu), (_h7[H7.Array], _h7[H7.Array + 4]));
    }

    [Fact] public void A_flash_word_is_programmed_once()
    {
        _h7.Unlock();
        _h7[Cr1] = X64 | 2;
        ProgramWord(H7.Array + 64);
        _h7.Wait(101);
        Assert.Contains("programmed already", ChipBench.StopOf(() => _h7[H7.Array + 64] = 0));
    }

    [Fact] public void Bank_1_is_read_while_bank_2_is_erased()
    {
        _h7.Machine.Load(new byte[32], H7.Bank2);
        _h7.Wait(1);
        _h7.Unlock(2);
        _h7[Cr2] = X64 | 4;
        _h7[Cr2] |= 1 << 7;
        ulong before = _h7.Machine.Time.Now;
        Assert.Equal(0xFFFF_FFFFu, _h7[H7.Array]);
        Assert.Equal((before, 5u), (_h7.Machine.Time.Now, _h7[Sr2]));
        _h7.Wait(1_000_001);
        Assert.Equal((1u << 16, 0xFFFF_FFFFu), (_h7[Sr2], _h7[H7.Bank2]));
    }

    [Fact] public void The_H750_has_one_sector()
    {
        var h750 = new H7(DeveboxH750.Board with { FlashKilobytes = 128 });         // as ST sells it
        Assert.Equal(128u, h750.Machine.Bus.Read(0x1FF1_E880, 2));
        h750.Unlock();
        h750[Cr1] = X64 | 4 | 1 << 8;
        Assert.Contains("SNB1 = 1", ChipBench.StopOf(() => h750[Cr1] |= 1 << 7));
        Assert.Null(h750.Machine.Bus.Find(0x0802_0000));
    }

    [Fact] public void CR_of_a_bank_is_locked_after_reset() => Assert.Contains("LOCK2 = 1", ChipBench.StopOf(() => _h7[Cr2] = X64 | 2));

    [Fact] public void Option_bytes_hold_once_OPTSTART_is_done()
    {
        (_h7[H7.Flash + 8], _h7[H7.Flash + 8]) = (0x0819_2A3B, 0x4C5D_6E7F);
        _h7[H7.Flash + 0x44] = 0x1FF0_0810;
        _h7[H7.Flash + 0x18] = 2;
        Assert.Equal(1u, _h7[H7.Flash + 0x1C] & 1);
        _h7.Wait(20_000);
        Assert.Equal((0u, 0x1FF0_0810u), (_h7[H7.Flash + 0x1C] & 1, _h7[H7.Flash + 0x40]));
    }
}
