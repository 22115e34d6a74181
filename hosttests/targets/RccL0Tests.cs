namespace SharpProbe.Tests.Targets;

/// <summary>What OpenOCD's scripts do before they program STM32L0 and L1: the core on HSI16 (RM0376 7.3, RM0038 6.3).</summary>
public class RccL0Tests
{
    private const uint Rcc = 0x4002_1000, HsiOn = 1, MsiOn = 1 << 8, MsiReady = 1 << 9;

    [Theory]
    [InlineData("stm32l053", Rcc, 0x0Cu, 1u << 2)]
    [InlineData("stm32l152", 0x4002_3800u, 0x08u, 1u << 1)]
    public void The_core_goes_over_to_HSI16_once_that_is_ready(string target, uint rcc, uint cfgr, uint ready)
    {
        var rig = new TargetRig(target, 0xE7FE);
        rig.Halt();
        Assert.Equal((MsiOn | MsiReady, 0u), (rig[rcc], rig[rcc + cfgr]));
        rig[rcc] = MsiOn | HsiOn;
        rig.Wait(10 * TargetRig.Microsecond);
        rig[rcc + cfgr] = 1;
        Assert.Equal((MsiOn | MsiReady | HsiOn | ready, 1u | 1 << 2), (rig[rcc], rig[rcc + cfgr]));
        Assert.Equal(16_000_000ul, rig.Target.Chip.Time.Hertz);
    }
}
