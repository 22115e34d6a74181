using SharpProbe.Sim.Qemu;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.Qemu;

/// <summary>hosttests/target: the core library's conformance program, C# by the project's own compiler, on QEMU's Cortex-M7 and on the bench.</summary>
[Trait("Category", "Qemu")]
public class SelfTestTests
{
    private static readonly string Program = BootedBoard.Firmware("selftest");

    [Fact]
    public void The_core_library_passes_its_checks_on_both()
    {
        CompiledResult result = CompiledComparison.Run(Program);
        Assert.True(result.Same, string.Join("\n", result.MemoryDifferences) + "\n" + result.Expected + "\n" + result.Actual);
        Assert.True(!result.Actual.Contains("FAILED") && result.Actual.EndsWith(" failed 0x00000000\n"), result.Actual);
        Assert.True(result.Actual.Split('\n').Count(line => line.StartsWith("ok ")) > 100, result.Actual);
    }

    [Theory]
    [InlineData("index", "fail fast: index out of range\n")]
    [InlineData("span", "fail fast: index out of range\n")]
    [InlineData("slice", "fail fast: argument out of range\n")]
    [InlineData("cast", "fail fast: invalid cast\n")]
    [InlineData("unbox", "fail fast: invalid cast\n")]
    [InlineData("store", "fail fast: array of another element type\n")]
    [InlineData("divide", "fault CFSR=02000000\n")]
    [InlineData("divide64", "fail fast: division by zero\n")]
    [InlineData("overflow", "fail fast: arithmetic overflow\n")]
    [InlineData("product", "fail fast: arithmetic overflow\n")]
    [InlineData("convert", "fail fast: arithmetic overflow\n")]
    [InlineData("heap", "fail fast: out of heap\n")]
    [InlineData("negative", "fail fast: negative array length\n")]
    [InlineData("nullable", "fail fast: Nullable has no value\n")]
    public void What_must_stop_the_program_stops_it_with_a_reason(string failure, string reason)
    {
        CompiledResult result = CompiledComparison.Run(Program, failure);
        Assert.Equal((reason, reason), (result.Expected, result.Actual));
    }
}
