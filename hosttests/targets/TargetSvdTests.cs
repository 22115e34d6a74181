using SharpProbe.Sim.Svd;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Targets;

public class TargetSvdTests
{
    [SvdFact]
    public void Registers_are_where_the_vendors_file_has_them_with_its_reset_values()
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, "STM32F103.svd.gz"));
        var chip = (ChipF103)new TargetRig().Target.Chip;
        var all = chip.Placed.SelectMany(block => SvdCheck.Compare(block, file)).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
