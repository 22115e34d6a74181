using SharpProbe.Flashing;
using SharpProbe.Settings;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Settings;

public class StoreTests
{
    /// <summary>Sectors of 1 KB, so that the store moves often: 31 records each.</summary>
    private static FakeFlash Flash(uint unit, int seed = 1) => new(unit, seed, 4096, 1024, 1024);

    private static SettingsStore Open(FakeFlash flash) => new(flash, 1);

    private static byte[] Bytes(params byte[] bytes) => bytes;

    [Theory]
    [InlineData(4)]
    [InlineData(32)]
    public void A_value_is_there_after_a_restart(uint unit)
    {
        var flash = Flash(unit);
        Assert.Equal(StoreResult.Ok, Open(flash).Set(7, Bytes(1, 2, 3)));
        Assert.Equal(Bytes(1, 2, 3), Open(flash).Get(7).ToArray());
    }

    [Fact] public void Where_the_flash_has_no_such_sectors_nothing_is_kept_and_nothing_written()
    {
        var flash = Flash(4);
        var store = new SettingsStore(flash, 255);
        Assert.Equal(StoreResult.NoPlace, store.Set(7, Bytes(1)));
        Assert.Equal(StoreResult.Ok, store.Clear());
        Assert.Equal((0, 0, 0, 0), (store.Count, store.Room, store.Capacity, flash.Operations));
    }

    [Fact] public void An_empty_flash_is_an_empty_store_and_nothing_is_written_to_look_at_it()
    {
        var flash = Flash(4);
        Assert.Equal(0, Open(flash).Count);
        Assert.Equal(0, flash.Operations);
    }

    [Fact] public void Other_contents_than_a_store_are_an_empty_store()
    {
        var flash = Flash(32);
        for (uint at = 0; at < 2048; at += 32) flash.Put(flash.Sector(1).Address + at, at % 96 == 0 ? null : [.. Enumerable.Range(0, 32).Select(i => (byte)(i * at + 5))]);
        Assert.Equal(0, Open(flash).Count);
        Assert.Equal(StoreResult.Ok, Open(flash).Set(1, Bytes(9)));
        Assert.Equal(Bytes(9), Open(flash).Get(1).ToArray());
    }

    [Fact] public void The_same_value_is_not_written_again()
    {
        var flash = Flash(4);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        int before = flash.Operations;
        Assert.Equal(StoreResult.Ok, store.Set(1, Bytes(5)));
        Assert.Equal(before, flash.Operations);
    }

    [Fact] public void An_empty_value_removes_the_key()
    {
        var flash = Flash(4);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        store.Set(2, Bytes(6));
        store.Set(1, []);
        Assert.Equal((1, true, true), (Open(flash).Count, Open(flash).Get(1).IsEmpty, Open(flash).Get(2).SequenceEqual(Bytes(6))));
    }

    [Fact] public void The_flash_is_erased_only_when_a_sector_is_full()
    {
        var flash = Flash(32);
        var store = Open(flash);
        for (byte i = 0; i < 31; i++) store.Set(1, Bytes(i));
        Assert.Equal([0, 1, 0], flash.Wear);
        store.Set(1, Bytes(31));
        Assert.Equal([0, 1, 1], flash.Wear);
        Assert.Equal((2u, 2u), (store.Moves, Open(flash).Moves));
    }

    [Fact] public void Both_sectors_wear_alike()
    {
        var flash = Flash(32);
        var store = Open(flash);
        for (int i = 0; i < 3000; i++) store.Set(1, Bytes((byte)i, (byte)(i >> 8)));
        Assert.InRange(flash.Wear[1] - flash.Wear[2], 0, 1);
        Assert.Equal(flash.Wear[1] + flash.Wear[2], (int)store.Moves);
    }

    [Fact] public void What_does_not_fit_is_refused()
    {
        var store = Open(Flash(4));
        Assert.Equal(StoreResult.OutOfRange, store.Set(0, Bytes(1)));
        Assert.Equal(StoreResult.OutOfRange, store.Set(1, new byte[SettingsStore.MaxValue + 1]));
        for (byte key = 1; key <= 30; key++) Assert.Equal(StoreResult.Ok, store.Set(key, Bytes(key)));
        Assert.Equal(StoreResult.Ok, store.Set(1, new byte[SettingsStore.MaxValue]));
    }

    [Fact] public void One_key_too_many_is_refused_and_the_others_stay()
    {
        var flash = new FakeFlash(32, 1, 4096, 4096);
        var store = new SettingsStore(flash, 0);
        for (byte key = 1; key <= SettingsStore.MaxKeys; key++) Assert.Equal(StoreResult.Ok, store.Set(key, Bytes(key)));
        Assert.Equal(StoreResult.Full, store.Set(99, Bytes(1)));
        Assert.Equal(SettingsStore.MaxKeys, new SettingsStore(flash, 0).Count);
    }

    [Fact] public void A_record_that_cannot_be_read_any_more_leaves_the_one_before_it()
    {
        var flash = Flash(32);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        store.Set(1, Bytes(6));
        store.Set(2, Bytes(7));
        flash.Put(flash.Sector(1).Address + 64, null);
        var after = Open(flash);
        Assert.Equal((5, 7), (after.Get(1)[0], after.Get(2)[0]));
        Assert.Equal(StoreResult.Ok, after.Set(1, Bytes(8)));
        Assert.Equal(8, Open(flash).Get(1)[0]);
    }

    [Fact] public void A_slot_that_does_not_take_its_record_is_passed_over()
    {
        var flash = Flash(32);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        flash.Refused.Add(flash.Operations);
        Assert.Equal(StoreResult.Ok, store.Set(1, Bytes(6)));
        Assert.Equal(6, Open(flash).Get(1)[0]);
    }

    [Fact] public void A_flash_that_takes_nothing_leaves_the_old_value()
    {
        var flash = Flash(32);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        for (int i = 0; i < 20; i++) flash.Refused.Add(flash.Operations + i);
        Assert.Equal(StoreResult.FlashFailed, store.Set(1, Bytes(6)));
        Assert.Equal(StoreResult.FlashFailed, store.Clear());
        Assert.Equal((5, 5), (store.Get(1)[0], Open(flash).Get(1)[0]));
    }

    [Fact] public void Clear_removes_all()
    {
        var flash = Flash(4);
        var store = Open(flash);
        store.Set(1, Bytes(5));
        store.Set(2, Bytes(6));
        Assert.Equal(StoreResult.Ok, store.Clear());
        Assert.Equal((0, 0), (store.Count, Open(flash).Count));
    }
}
