using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Svd;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Svd;

public class SvdCheckTests
{
    private readonly Die _die = new ChipBench().Die;

    [SvdFact] public void Shared_blocks_of_the_F7_agree_with_ST() => Check("STM32F723", SharedBlocks.F7(_die, _ => 1));

    [SvdFact] public void Shared_blocks_of_the_H7_agree_with_ST() => Check("STM32H743", SharedBlocks.H7(_die, _ => 1, 0, _ => 0));

    private static void Check(string chip, SharedBlocks blocks)
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, chip + ".svd.gz"));
        var unexplained = SvdCheck.Unexplained(blocks.All.SelectMany(block => SvdCheck.Compare(block, file)), file);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }
}
