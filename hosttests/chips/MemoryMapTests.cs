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

    [Fact] public void Blocks_with_a_model_keep_their_place()
    {
        var bench = new ChipBench();
        var iwdg = new Iwdg("IWDG", bench.Die, () => 32_000);
        MemoryMapH7.Blocks.Map(bench.Bus, iwdg);
        MemoryMapH7.Blocks.MapRest(bench.Bus);
        Assert.Equal(0xFFFu, bench.Bus.Read(0x5800_4808, 4));
    }
}
