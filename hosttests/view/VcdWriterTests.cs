using System.Diagnostics;
using SharpProbe.Sim.View;

namespace SharpProbe.Tests.View;

public class VcdWriterTests
{
    private static string Dump(Action<VcdWriter> use, uint picoseconds = 1000)
    {
        var text = new StringWriter { NewLine = "\n" };
        use(new VcdWriter(text, picoseconds));
        return text.ToString();
    }

    [Fact]
    public void A_change_is_written_at_its_time_in_the_unit_of_the_file()
    {
        string dump = Dump(vcd =>
        {
            int led = vcd.Declare("F723.GPIOA.PA10", VcdLevel.Low);
            vcd.Change(led, VcdLevel.High, 1_500_000_000);
        });
        Assert.Contains("$timescale 1 ns $end", dump);
        Assert.EndsWith("#1500\n1!\n", dump);
    }

    [Fact]
    public void Wires_of_one_port_share_a_scope()
    {
        string dump = Dump(vcd =>
        {
            vcd.Declare("F723.GPIOA.PA0", VcdLevel.Low);
            vcd.Declare("F723.GPIOB.PB0", VcdLevel.Floating);
            vcd.Declare("F723.GPIOA.PA1", VcdLevel.High);
            vcd.End(0);
        });
        Assert.Contains("""
            $scope module F723 $end
            $scope module GPIOA $end
            $var wire 1 ! PA0 $end
            $var wire 1 # PA1 $end
            $upscope $end
            $scope module GPIOB $end
            $var wire 1 " PB0 $end
            $upscope $end
            $upscope $end
            """.ReplaceLineEndings("\n"), dump);
    }

    [Fact]
    public void The_first_hundred_wires_have_codes_of_their_own()
    {
        string dump = Dump(vcd =>
        {
            for (int i = 0; i < 200; i++) vcd.Declare($"w{i}", VcdLevel.Low);
            vcd.End(0);
        });
        Assert.Equal(200, dump.Split('\n').Where(l => l.StartsWith("$var", StringComparison.Ordinal)).Select(l => l.Split(' ')[3]).Distinct().Count());
    }

    [Fact]
    public void A_time_unit_that_is_no_power_of_ten_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VcdWriter(TextWriter.Null, 250));

    [Fact]
    public void Sigrok_reads_the_file_and_sees_the_levels()
    {
        using var folder = new TestFolder();
        string path = folder.File("pins.vcd");
        using (var vcd = new VcdWriter(new StreamWriter(path)))
        {
            int swclk = vcd.Declare("F723.GPIOH.PH6", VcdLevel.Low), swdio = vcd.Declare("F723.GPIOF.PF9", VcdLevel.High);
            for (ulong edge = 1; edge <= 8; edge++)
            {
                vcd.Change(swclk, (edge & 1) != 0 ? VcdLevel.High : VcdLevel.Low, edge * 4_000_000);
                if (edge == 4) vcd.Change(swdio, VcdLevel.Low, edge * 4_000_000);
            }
            vcd.End(36_000_000);
        }
        string seen = Child.Run(60, "sigrok-cli", "-i", path, "-I", "vcd", "-O", "ascii:width=64").Output;
        Assert.Matches(@"PH6:\.{4}.""{3}.\.{3}.""{3}", seen.Replace("/", ".").Replace("\\", "."));
        Assert.Contains("PF9:\"\"\"\"\"\"\"\"", seen);
    }
}
