using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>Every simulated target whose flash the probe's gdb server programs: a real gdb loads an image, compares it, erases everything. A part is a row.</summary>
public class FlashThroughGdbTests
{
    /// <summary>Target, what "monitor swd_scan" says of it, an address in its flash, and bytes to load there.</summary>
    public static TheoryData<string, string, uint, int> Targets => new()
    {
        { "stm32f103", "STM32F1 medium density", 0x0800_0000, 2048 },
        { "gd32f103", "GD32F10x", 0x0800_0000, 2048 },
        { "stm32f051", "STM32F05x, F030x8", 0x0800_0000, 2048 },
        { "stm32f303", "STM32F302/F303xB/xC", 0x0800_0000, 4096 },
        { "stm32h743", "STM32H74x/75x", 0x0810_0000, 8192 },
        { "stm32h723", "STM32H72x/73x", 0x0800_0000, 8192 },
        { "stm32h7a3", "STM32H7Ax/7Bx", 0x0800_0000, 16384 },
        { "stm32h503", "STM32H503", 0x0800_F000, 8192 },
        { "stm32h563", "STM32H56x/57x", 0x080F_F000, 8192 },
        { "stm32l011", "STM32L01x/L02x", 0x0800_0000, 2048 },
        { "stm32l151", "STM32L1 category 1", 0x0800_0000, 4096 },
        { "stm32f103-clone", "STM32F1 (clone) medium density", 0x0800_0000, 8192 },
        { "ch32f103", "CH32F103", 0x0800_0000, 4096 },
        { "gd32f303", "GD32F30x", 0x0800_0000, 4096 },
        { "gd32e230", "GD32E230", 0x0800_0000, 2048 },
        { "gd32f407", "GD32F4xx", 0x0800_C000, 8192 },
        { "at32f403a", "AT32F403/F403A/F407", 0x0807_F800, 4096 },
        { "at32f421", "AT32F421", 0x0800_0000, 2048 },
        { "cs32f103", "CS32F103", 0x0800_0000, 2048 },
        { "at32f415", "AT32F413/F415", 0x0803_E000, 4096 },
        { "stm32l475", "STM32L47x/48x", 0x0807_F000, 8192 },
        { "stm32g071", "STM32G07x/08x", 0x0800_0000, 4096 },
        { "stm32l4r5", "STM32L4Rx/4Sx", 0x080F_E000, 16384 },
        { "stm32g431", "STM32G43x/44x", 0x0800_0000, 8192 },
        { "stm32g474", "STM32G47x/48x", 0x0803_F000, 8192 },
        { "stm32c031", "STM32C03x", 0x0800_0000, 8192 },
        { "stm32u083", "STM32U07x/08x", 0x0800_0000, 8192 },
        { "stm32wb55", "STM32WB5x", 0x080F_0000, 16384 },
        { "stm32wl55", "STM32WLx", 0x0803_C000, 8192 },
        { "stm32l552", "STM32L55x/56x", 0x0803_F000, 8192 },
        { "stm32l552-tz", "STM32L55x/56x, TrustZone", 0x0C03_F000, 8192 },
        { "stm32u575", "STM32U57x/58x", 0x0810_0000, 8192 },
        { "stm32f410", "STM32F410", 0x0800_C000, 8192 },
        { "stm32f207", "STM32F2", 0x0800_4000, 8192 },
        { "stm32f429", "STM32F42x/43x", 0x080F_E000, 16384 },
        { "stm32f722", "STM32F72x/73x", 0x0800_C000, 8192 },
        { "stm32f746", "STM32F74x/75x", 0x0801_8000, 8192 },
        { "stm32f767", "STM32F76x/77x", 0x0810_2000, 16384 },
        { "mkl25z128", "MKL25Z 128 KB", 0x1000, 4096 },
        { "mk64fn1m0", "MK64F 1024 KB", 0x1_0000, 16384 },
        { "mke06z128", "MKE06Z 128 KB", 0x1000, 4096 },
        { "mke02z64", "MKE02Z 64 KB", 0x1000, 4096 },
        { "mke18f512", "MKE18F 512 KB", 0x1_0000, 16384 },
        { "s32k144", "S32K144", 0x1_0000, 16384 },
        { "lpc1768", "LPC17xx/40xx", 0x1000, 8192 },
        { "lpc11u24", "LPC11E14/U24", 0x1000, 8192 },
        { "lpc1343", "LPC1343", 0x1000, 8192 },
        { "lpc824", "LPC824", 0x400, 4096 },
        { "lpc1549", "LPC15x9", 0x1000, 8192 },
        { "lpc4088", "LPC17xx/40xx", 0x1000, 8192 },
        { "lpc4357", "LPC43xx", 0x1B01_0000, 16384 },
        { "nrf51822", "nRF51822 QFAA", 0x8000, 4096 },
        { "nrf52832", "nRF52832 AAE0", 0x1_0000, 8192 },
        { "nrf5340", "nRF5340 QKAA", 0x1_0000, 8192 },
        { "nrf9160", "nRF9160 AAB0", 0x1_0000, 8192 },
        { "rp2040-512k", "RP2040", 0x1000_0000, 8192 },
        { "rp2350-512k", "RP2350", 0x1000_0000, 8192 },
        { "samd21", "SAMD21G18A", 0, 4096 },
        { "same54", "SAME54P20A", 0, 16384 },
        { "sam4s", "SAM4S2B", 0x0040_0000, 16384 },
        { "sam3x", "SAM3X8E", 0x0008_0000, 4096 },
        { "same70", "SAME70 512 KB", 0x0040_0000, 16384 },
        { "efm32gg", "EFM32GG230F1024", 0, 16384 },
        { "efm32hg", "EFM32HG322F64", 0, 8192 },
        { "efr32mg12", "EFR32MG12P432F1024", 0, 8192 },
        { "efr32mg22", "EFR32MG22C224F512", 0, 16384 },
    };

    /// <summary>Not here: another row's part with more flash or other times, whose mass erase only takes longer.</summary>
    private static readonly string[] s_larger = ["stm32f103-slow", "stm32f407", "stm32f412", "stm32l053", "stm32l152", "stm32l162", "rp2040", "rp2350"];

    [Fact]
    public void Each_simulated_target_has_a_row() => Assert.Equal(TargetList.All.Select(t => t.Name).Order(), Targets.Select(row => (string)row[0]).Concat(s_larger).Order());

    [Theory, MemberData(nameof(Targets))]
    public void Gdb_loads_compares_and_erases(string target, string name, uint address, int length)
    {
        using var rig = new ProbeRig("stlinkv3mini", target);
        rig.Start();
        byte[] image = new byte[length];
        new Random(length).NextBytes(image);
        using var file = new ImageFile(image, address);
        using var gdb = new GdbProcess(file.Path, TimeSpan.FromSeconds(60));
        gdb.Say($"target extended-remote {rig.GdbAddress}");
        string scan = gdb.Say("monitor swd_scan");
        Assert.True(scan.Contains(name, StringComparison.Ordinal), scan);
        gdb.Say("attach 1");
        string[] erased = Middle();
        string loaded = gdb.Say("load");
        Assert.True(loaded.Contains("Transfer rate", StringComparison.Ordinal), loaded + rig.Trouble);
        string compared = gdb.Say("compare-sections");
        Assert.True(compared.Contains("matched", StringComparison.Ordinal) && !compared.Contains("MIS-MATCHED", StringComparison.Ordinal), compared);
        Assert.Equal("", gdb.Say("monitor erase_mass"));
        Assert.Equal(erased, Middle());
        Assert.Null(rig.Trouble);

        string[] Middle() => gdb.Say($"x/2xw 0x{address + length / 2:x}").Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[^2..];
    }
}
