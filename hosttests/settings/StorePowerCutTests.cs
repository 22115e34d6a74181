using SharpProbe.Settings;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Settings;

/// <summary>The power goes at every operation of random sequences; afterwards each key has its old or its new value.</summary>
public class StorePowerCutTests
{
    private const int Keys = 5;

    [Theory]
    [InlineData(4, 300)]
    [InlineData(32, 900)]
    public void A_cut_at_any_operation_leaves_the_old_or_the_new_value_and_every_other_key(uint unit, int cuts)
    {
        int done = 0;
        for (int seed = 0; done < cuts; seed++)
            foreach (CutMoment moment in Enum.GetValues<CutMoment>())
            {
                int total = Sequence(unit, seed, -1, moment);
                for (int cut = 0; cut < total; cut += total > 100 ? 7 : 1, done++) Sequence(unit, seed, cut, moment);
            }
        Assert.True(done >= cuts);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(32)]
    public void Cut_after_cut_after_cut(uint unit)
    {
        var random = new Random((int)unit);
        var flash = new FakeFlash(unit, 5, 512, 512);
        var model = new Dictionary<byte, byte[]>();
        int cuts = 0;
        for (int boot = 0; boot < 400; boot++)
        {
            var store = new SettingsStore(flash, 0);
            AssertHolds(store, model, $"boot {boot}");
            (flash.CutAt, flash.Moment) = (flash.Operations + random.Next(60), (CutMoment)random.Next(3));
            byte key = 0;
            byte[]? value = null;
            try
            {
                for (int i = 0; i < 20; i++)
                {
                    (key, value) = Step(random);
                    Apply(store, key, value);
                    Remember(model, key, value);
                }
            }
            catch (PowerLost)
            {
                cuts++;
                flash.CutAt = -1;
                Adopt(new SettingsStore(flash, 0), model, key, value, $"boot {boot}");
            }
            flash.CutAt = -1;
        }
        Assert.True(cuts > 100, $"{cuts} cuts");
    }

    /// <summary>60 random changes with sectors of 16 slots. Returns how many flash operations they took.</summary>
    private static int Sequence(uint unit, int seed, int cut, CutMoment moment)
    {
        var random = new Random(seed);
        var flash = new FakeFlash(unit, seed * 1000 + cut, 512, 512) { CutAt = cut, Moment = moment };
        var model = new Dictionary<byte, byte[]>();
        var store = new SettingsStore(flash, 0);
        byte key = 0;
        byte[]? value = null;
        string at = $"unit {unit}, seed {seed}, {moment} of operation {cut}";
        try
        {
            for (int i = 0; i < 60; i++)
            {
                (key, value) = Step(random);
                Apply(store, key, value);
                Remember(model, key, value);
            }
        }
        catch (PowerLost)
        {
            flash.CutAt = -1;
            store = new SettingsStore(flash, 0);
            Adopt(store, model, key, value, at);
        }
        int operations = flash.Operations;
        flash.CutAt = -1;
        for (byte k = 1; k <= Keys; k++)
        {
            Apply(store, k, [k, 77]);
            Remember(model, k, [k, 77]);
        }
        AssertHolds(new SettingsStore(flash, 0), model, at + ", later");
        return operations;
    }

    /// <summary>A key and its new value; no value: clear all.</summary>
    private static (byte Key, byte[]? Value) Step(Random random)
    {
        if (random.Next(25) == 0) return (0, null);
        byte[] value = new byte[random.Next(8) == 0 ? 0 : random.Next(1, SettingsStore.MaxValue + 1)];
        random.NextBytes(value);
        return ((byte)random.Next(1, Keys + 1), value);
    }

    private static void Apply(SettingsStore store, byte key, byte[]? value) =>
        Assert.Equal(StoreResult.Ok, value is null ? store.Clear() : store.Set(key, value));

    private static void Remember(Dictionary<byte, byte[]> model, byte key, byte[]? value)
    {
        if (value is null) model.Clear();
        else if (value.Length == 0) model.Remove(key);
        else model[key] = value;
    }

    /// <summary>After a cut: the change under way has happened or not, and nothing else.</summary>
    private static void Adopt(SettingsStore store, Dictionary<byte, byte[]> model, byte key, byte[]? value, string at)
    {
        var changed = new Dictionary<byte, byte[]>(model);
        Remember(changed, key, value);
        bool happened = Same(store, changed);
        Assert.True(happened || Same(store, model), $"{at}: neither old nor new");
        if (!happened) return;
        model.Clear();
        foreach (var (k, v) in changed) model[k] = v;
    }

    private static bool Same(SettingsStore store, Dictionary<byte, byte[]> model) =>
        store.Count == model.Count && model.All(pair => store.Get(pair.Key).SequenceEqual(pair.Value));

    private static void AssertHolds(SettingsStore store, Dictionary<byte, byte[]> model, string at) => Assert.True(Same(store, model), at);
}
