using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Qemu;

namespace SharpProbe.Tests.Qemu;

public class QemuComparisonTests
{
    [Theory]
    [InlineData(CoreKind.CortexM7Double, 1_000_000)]
    [InlineData(CoreKind.CortexM7, 200_000)]
    [InlineData(CoreKind.CortexM4, 200_000)]
    [InlineData(CoreKind.CortexM3, 200_000)]
    [Trait("Category", "Qemu")]
    public void Random_instructions_do_the_same_on_QEMU(CoreKind kind, int count)
    {
        var result = QemuComparison.Run(count, seed: 1, kind: kind);
        Assert.True(result.Differences.Count == 0, string.Join("\n\n", result.Differences));
        Assert.True(result.Instructions >= count);
    }
}
