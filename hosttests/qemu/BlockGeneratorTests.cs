using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Qemu;

namespace SharpProbe.Tests.Qemu;

public class BlockGeneratorTests
{
    [Fact]
    public void The_same_seed_makes_the_same_program() =>
        Assert.Equal(BlockGenerator.Generate(CoreKind.CortexM7Double, 7, 500, 8).Code, BlockGenerator.Generate(CoreKind.CortexM7Double, 7, 500, 8).Code);

    [Fact]
    public void Closer_snapshots_keep_the_instructions_under_test()
    {
        static string[] Names(int every) => [.. BlockGenerator.Generate(CoreKind.CortexM7Double, 7, 500, every).Lines.Where(l => l.Row != null).Select(l => l.Row!.Text)];
        Assert.Equal(Names(8), Names(1));
    }

    [Fact]
    public void Every_row_of_the_table_comes_up_within_a_hundred_thousand_instructions()
    {
        var seen = new HashSet<Encoding>();
        for (ulong block = 0; block < 100; block++)
            foreach (var line in BlockGenerator.Generate(CoreKind.CortexM7Double, block, 1000, 8).Lines)
                if (line.Row != null) seen.Add(line.Row);
        Assert.Empty(Encodings.All.Except(seen).Select(e => e.Text));
    }

    [Fact]
    public void Disassembling_gives_back_the_fields_that_were_encoded()
    {
        var row = new Encoding("test", "11101110 0X11 yyyy xxxx 1010 Y0Z0 zzzz", "VADD.F32 S{xX}, S{yY}, S{zZ}");
        Assert.Equal("VADD.F32 S1, S2, S31", row.Disassemble(0xEE710A2F));
    }

    [Fact]
    public void A_row_never_picks_the_stack_pointer_or_the_program_counter()
    {
        var row = new Encoding("test", "111010110000 nnnn 0000 dddd 0000 mmmm", "ADD");
        var fields = new int[128];
        for (int i = 0; i < 1000; i++)
        {
            row.Choose(new Random(i), fields);
            Assert.DoesNotContain(fields['d'], new[] { 13, 15 });
        }
    }
}
