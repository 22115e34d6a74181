using System.Text;

namespace SharpProbe.Tests.Debugging;

/// <summary>Each simulated STM32 and copy is named as what it is, by the firmware's own scan.</summary>
public class IdentityTests
{
    [Theory]
    [InlineData("stm32f103", "STM32F1 medium density")]
    [InlineData("stm32f103-clone", "STM32F1 (clone) medium density")]
    [InlineData("gd32f103", "GD32F10x medium density")]
    [InlineData("ch32f103", "CH32F103")]
    [InlineData("gd32f303", "GD32F30x high density")]
    [InlineData("gd32e230", "GD32E230")]
    [InlineData("gd32f407", "GD32F4xx")]
    [InlineData("at32f403a", "AT32F403/F403A/F407")]
    [InlineData("at32f415", "AT32F413/F415")]
    [InlineData("at32f421", "AT32F421")]
    [InlineData("cs32f103", "CS32F103 (clone of STM32F1 medium density)")]
    [InlineData("stm32f051", "STM32F05x, F030x8")]
    [InlineData("stm32f303", "STM32F302/F303xB/xC")]
    [InlineData("stm32f407", "STM32F40x")]
    [InlineData("stm32f410", "STM32F410")]
    [InlineData("stm32f412", "STM32F412")]
    [InlineData("stm32l011", "STM32L01x/L02x")]
    [InlineData("stm32l053", "STM32L05x/L06x")]
    [InlineData("stm32l151", "STM32L1 category 1")]
    [InlineData("stm32l162", "STM32L1 category 3")]
    [InlineData("stm32l475", "STM32L47x/48x")]
    [InlineData("stm32g071", "STM32G07x/08x")]
    [InlineData("stm32h563", "STM32H56x/57x")]
    [InlineData("stm32h723", "STM32H72x/73x")]
    [InlineData("stm32h743", "STM32H74x/75x")]
    [InlineData("stm32h7a3", "STM32H7Ax/7Bx")]
    public void Each_is_told_from_the_others(string target, string name)
    {
        var bench = BenchTarget.Of(target).Attached();
        Assert.Equal(name, Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Null(bench.Target.Stopped);
    }
}
