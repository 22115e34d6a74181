using SharpProbe.Booting;
using SharpProbe.Dfu;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Dfu;

/// <summary>The power goes at every erase and at every flash word of an update: afterwards the flash holds the old image, the new one, or none that would be started, and an update repairs it.</summary>
public class PowerCutTests
{
    private static readonly byte[] s_old = TestImage.Make(EngineRig.Start, 9 * 1024, seed: 7), s_new = TestImage.Make(EngineRig.Start, 10 * 1024, seed: 8);

    [Theory]
    [InlineData(4u)]
    [InlineData(32u)]
    public void No_cut_leaves_a_brick_or_a_wrong_image(uint unit)
    {
        int operations = Operations(unit), old = 0, @new = 0, waiting = 0;
        Assert.Equal(3 + s_new.Length / unit, operations);
        foreach (CutMoment moment in Enum.GetValues<CutMoment>())
            for (int cut = 0; cut < operations; cut++)
            {
                FakeFlash flash = Prepared(unit, cut);
                flash.CutAt = flash.Operations + cut;
                flash.Moment = moment;
                Assert.Throws<PowerLost>(() => new EngineRig(flash).Send(s_new));
                flash.CutAt = -1;
                var after = new EngineRig(flash);
                if (after.Installed != ImageVerdict.Good) waiting++;
                else if (after.Read(EngineRig.Start, s_old.Length).SequenceEqual(s_old)) old++;
                else if (after.Read(EngineRig.Start, s_new.Length).SequenceEqual(s_new)) @new++;
                else Assert.Fail($"operation {cut}, {moment}: an image that nobody made is taken for good");
                Assert.Equal(DfuStatus.Ok, after.Send(s_new));
                Assert.Equal(ImageVerdict.Good, new EngineRig(flash).Installed);
            }
        Assert.Equal(3 * operations, old + @new + waiting);
        Assert.True(old > 0 && @new > 0 && waiting > 0, $"{old} old, {@new} new, {waiting} waiting");
    }

    private static int Operations(uint unit)
    {
        FakeFlash flash = Prepared(unit, 0);
        int before = flash.Operations;
        Assert.Equal(DfuStatus.Ok, new EngineRig(flash).Send(s_new));
        return flash.Operations - before;
    }

    private static FakeFlash Prepared(uint unit, int seed)
    {
        FakeFlash flash = EngineRig.Flash(unit, seed);
        Assert.Equal(DfuStatus.Ok, new EngineRig(flash).Send(s_old));
        return flash;
    }
}
