using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>Read protection of the parts with an FPEC: which key opens each, and what cannot be taken back.</summary>
public class FpecOptionTests
{
    private const uint Rdp = 0x1FFF_F800, Data0 = 0x1FFF_F804;

    [Theory]
    [InlineData("stm32f051", "0x55AA")]
    [InlineData("stm32f303", "0x55AA")]
    [InlineData("gd32e230", "0x5AA5")]
    [InlineData("gd32f103", "0x5AA5")]
    [InlineData("gd32f303", "0x5AA5")]
    [InlineData("at32f415", "0x5AA5")]
    public void A_read_protected_part_is_opened_by_option_erase_with_its_own_key(string target, string open)
    {
        var bench = Of(target).Attached();
        Assert.Contains($"0x{Rdp:X}: {open} RDP", bench.Monitor("option"));
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Rdp:X} 0xBB"));
        PowerCycle(bench);
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("target is read protected", Words(bench.Core.FlashErase(Flash, 4)));
        Assert.Contains($"0x{Rdp:X}: {open} RDP", bench.Monitor("option erase"));
        PowerCycle(bench);
        Assert.DoesNotContain("protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Load(bench, Flash, Noise(100));
        Assert.Equal(Noise(100), bench.Read(Flash, 100));
    }

    [Theory]
    [InlineData("stm32f051")]
    [InlineData("gd32e230")]
    [InlineData("at32f415")]
    [InlineData("at32f421")]
    public void The_key_that_closes_a_part_for_ever_is_refused_until_it_is_named(string target)
    {
        var bench = Of(target).Attached();
        string before = bench.Monitor("option");
        Assert.StartsWith("!refused", bench.Monitor($"option 0x{Rdp:X} 0xCC"));
        Assert.Equal(before, bench.Monitor("option"));
        Assert.Contains($"0x{Rdp:X}: 0x33CC RDP", bench.Monitor($"option 0x{Rdp:X} 0xCC irreversible"));
    }

    [Fact]
    public void An_AT32_with_high_level_access_protection_keeps_its_option_bytes()
    {
        var bench = Of("at32f415").Attached();
        Assert.DoesNotContain("!", bench.Monitor($"option 0x{Rdp:X} 0xCC irreversible"));
        PowerCycle(bench);
        Assert.StartsWith("!flash write-protected", bench.Monitor("option erase"));
        Assert.StartsWith("!flash write-protected", bench.Monitor($"option 0x{Data0:X} 1 irreversible"));
        PowerCycle(bench);
        Assert.EndsWith(", read protected", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
    }

    private static void PowerCycle(BenchTarget bench)
    {
        bench.Target.PowerOff();
        bench.Target.PowerOn();
        bench.Pass(10_000);
        bench.Attached();
    }
}
