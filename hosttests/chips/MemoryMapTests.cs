using SharpProbe.Sim;
using SharpProbe.Sim.Chips;

namespace SharpProbe.Tests.Chips;

public class MemoryMapTests
{
    [Fact] public void Block_without_a_model_stops_by_name()
    {
        var bus = new Bus();
        MemoryMapF7.Blocks.MapRest(bus);
        Assert.Equal("TIM2: offset 0x24 read, but the whole block is not modelled", ChipBench.StopOf(() => bus.TryRead(0x4000_0024, 4, out _)));
    }

    [Theory]
    [InlineData(false, 0x4000_3008u)]
    [InlineData(true, 0x5800_4808u)]
    public void Blocks_with_a_model_keep_their_place(bool h7, uint rlr)
    {
        var bench = new ChipBench();
        var blocks = h7 ? SharedBlocks.H7(bench.Die, _ => 32_000, 0, _ => 0) : SharedBlocks.F7(bench.Die, _ => 32_000);
        blocks.MapOn(bench.Bus);
        blocks.Map.MapRest(bench.Bus);
        Assert.Equal(0xFFFu, bench.Bus.Read(rlr, 4));
    }
}
