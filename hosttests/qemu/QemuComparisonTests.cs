using SharpProbe.Sim.Qemu;

namespace SharpProbe.Tests.Qemu;

public class QemuComparisonTests
{
    [Fact]
    [Trait("Category", "Qemu")]
    public void A_million_random_instructions_do_the_same_on_QEMUs_Cortex_M7()
    {
        var result = QemuComparison.Run(1_000_000, seed: 1);
        Assert.True(result.Differences.Count == 0, string.Join("\n\n", result.Differences));
        Assert.True(result.Instructions >= 1_000_000);
    }
}
