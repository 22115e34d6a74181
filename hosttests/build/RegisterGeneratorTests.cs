using SharpProbe.Build;
using SharpProbe.Build.Registers;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Build;

public class RegisterGeneratorTests
{
    private const string Svd = """
        <device><peripherals>
          <peripheral><name>BLOCK1</name><baseAddress>0x40001000</baseAddress>
            <interrupt><name>BLOCK1</name><value>3</value></interrupt>
            <registers>
              <register><name>CR</name><addressOffset>0x4</addressOffset><resetValue>0x10</resetValue>
                <fields>
                  <field><name>EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>
                  <field><name>MODE</name><bitRange>[6:4]</bitRange></field>
                </fields></register>
              <register><dim>2</dim><dimIncrement>8</dimIncrement><name>CH%s</name><addressOffset>0x10</addressOffset></register>
              <cluster><addressOffset>0x100</addressOffset><register><name>DR</name><addressOffset>0x8</addressOffset></register></cluster>
            </registers></peripheral>
          <peripheral derivedFrom="BLOCK1"><name>BLOCK2</name><baseAddress>0x40002000</baseAddress></peripheral>
        </peripherals></device>
        """;

    private static IReadOnlyList<SvdPeripheral> Read()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Svd);
            return SvdReader.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_derived_peripheral_has_its_model_s_registers() => Assert.Equal(Read()[0].Registers.Select(r => r.Name), Read()[1].Registers.Select(r => r.Name));

    [Fact]
    public void Arrays_become_one_register_an_element() =>
        Assert.Equal([("CH0", 0x10u), ("CH1", 0x18u)], Read()[0].Registers.Where(r => r.Name.StartsWith("CH")).Select(r => (r.Name, r.Offset)));

    [Fact]
    public void A_cluster_adds_its_offset() => Assert.Equal(0x108u, Read()[0].Registers.First(r => r.Name == "DR").Offset);

    [Fact]
    public void Both_ways_to_write_a_bit_range_are_read() =>
        Assert.Equal([new SvdField("EN", 0, 1), new SvdField("MODE", 4, 3)], Read()[0].Registers.First(r => r.Name == "CR").Fields);

    [Fact]
    public void The_vector_table_names_interrupts_and_leaves_gaps() =>
        Assert.EndsWith("LONG(0)\nLONG(0)\nLONG(0)\nLONG(DEFINED(BLOCK1_IRQHandler) ? BLOCK1_IRQHandler | 1 : Default_Handler | 1)\n",
            VectorTable.Text(RegisterFamily.All[1], Read()));

    [SvdFact]
    public void What_is_committed_is_what_the_generator_writes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("registers");
        try
        {
            foreach (string file in RegisterGenerator.Run(SvdFactAttribute.Folder!, folder.FullName))
                Assert.True(File.ReadAllText(Path.Combine(folder.FullName, file)) == File.ReadAllText(Repository.At(file)), $"{file} differs: run ./build.sh registers");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The F7 set is read from the F723's data, the H7 set from the H743's; a register of the same name lies at the same offset in their sister chips.</summary>
    [SvdFact]
    public void The_sister_chips_have_the_same_registers_at_the_same_offsets()
    {
        (string Family, string Sister)[] sisters = [("F7", "STM32F722"), ("H7", "STM32H750")];
        foreach (var (name, sister) in sisters)
        {
            RegisterFamily family = RegisterFamily.All.First(f => f.Name == name);
            var ours = SvdReader.Read(Path.Combine(SvdFactAttribute.Folder!, family.Svd + ".svd.gz"));
            var theirs = SvdReader.Read(Path.Combine(SvdFactAttribute.Folder!, sister + ".svd.gz"));
            foreach (RegisterBlock block in family.Blocks.Concat(family.Shared))
                foreach (var (register, offset) in Layout(ours, block).Where(r => r.Item1 != "PRAR_PRG2"))   // the H750's data call PRAR_PRG1 so (RM0433 4.9.13)
                    Assert.All(Layout(theirs, block).Where(r => r.Item1 == register), r => Assert.Equal(offset, r.Item2));
        }

        static IEnumerable<(string, uint)> Layout(IReadOnlyList<SvdPeripheral> chip, RegisterBlock block) =>
            Correction.Apply(block, chip.First(p => p.Name == block.Layout).Registers).Select(r => (r.Name, r.Offset));
    }
}
