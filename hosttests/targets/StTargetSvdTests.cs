using SharpProbe.Sim.Svd;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Targets;

/// <summary>The later STM32 targets against their maker's files: each register where the file has it, with its reset value and its bits.</summary>
public class StTargetSvdTests
{
    private static readonly SvdExplanation[] Explanations =
    [
        new("STM32", "GPIO*.IDR", "reset", "a pin's level is read as it is: the pulls of the debug port's pins"),
        new("STM32", "GPIOA.OSPEEDR", "reset", "RM0090 8.4.3, RM0351 8.5.3: PA13 is fast after reset"),
        new("STM32F407", "RCC.PLLCFGR", "read", "RM0090 7.3.2: bit 29 is reserved and reads as one, as the file's own reset value has it"),
        new("STM32F407", "RCC.CIR", "read write", "the ready interrupts' clear bits, and those of the second PLL, do nothing: a target that enables one stops"),
        new("STM32F407", "RCC.AHB1ENR", "read write", "RM0090 7.3.10: CCMDATARAMEN"),
        new("STM32F407", "RCC.AHB2LPENR", "read", "RM0090 7.3.16: reserved bits read as ones, as the file's own reset value has it"),
        new("STM32F407", "RCC.CSR", "write", "RM0090 7.3.21: the flags are read only"),
        new("STM32F407", "FLASH.OPTCR", "reset", "RM0090 3.9.10: 0x0FFFAAED"),
        new("STM32F407", "IWDG.*", "read extra", "the model is of the later watchdog, which has a window"),
        new("STM32F407", "PWR.CR", "reset read write", "RM0090 5.4.1: VOS; CSBF and CWUF are not modelled"),
        new("STM32F407", "PWR.CSR", "reset write", "RM0090 5.4.2: VOSRDY is read only"),
        new("STM32F407", "SYSCFG.CMPCR", "write", "RM0090 9.2.7: CMP_PD is written"),
        new("STM32F407", "USART*.SR", "reset", "RM0090 30.6.1: 0xC0"),
        new("STM32L476", "RCC.CFGR", "write", "RM0351 6.4.3: MCOPRE is written"),
        new("STM32L476", "RCC.A*", "read write", "RM0351 6.4: the file is of all L47x to L49x, which have more blocks"),
        new("STM32L476", "RCC.BDCR", "write", "RM0351 6.4.29: LSECSSD is read only, which the model leaves out"),
        new("STM32L476", "FLASH.*", "reset read", "RM0351 3.7.9 to 3.7.17: option bytes as the factory has them; reserved bits read as ones"),
        new("STM32L476", "PWR.SR2", "reset", "RM0351 5.4.6: REGLPS, the low-power regulator is ready"),
        new("STM32L476", "SYSCFG.EXTICR*", "read write", "RM0351 9.2.3: three bits a line; the model has the fourth, which its sisters use"),
        new("STM32L476", "GPIO*.MODER", "reset", "RM0351 8.5.1: analog; the file's are the F4's"),
        new("STM32G071", "RCC.*", "reset read write", "RM0444 5.4: the file has reset values of another family, bits of the G081, and flags that can be written"),
        new("STM32G071", "FLASH.*", "reset read write", "RM0444 3.7: option bytes as the factory has them, reserved bits read as ones; the file has them read only, and SR's busy flags writable"),
        new("STM32G071", "IWDG.*", "missing", "identification of the block, in the file alone"),
        new("STM32G071", "PWR.SR2", "reset", "RM0444 4.4.6: REGLPS and FLASH_RDY"),
    ];

    [SvdTheory]
    [InlineData("stm32f407", "STM32F407")]
    [InlineData("stm32l475", "STM32L476")]
    [InlineData("stm32g071", "STM32G071")]
    public void Registers_are_where_the_vendors_file_has_them_with_its_reset_values(string target, string name)
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, name + ".svd.gz"));
        var chip = (StChip)new TargetRig(target).Target.Chip;
        var all = chip.Placed.SelectMany(block => SvdCheck.Compare(block, file)).Where(d => !Explanations.Any(e => e.Covers(file.Name, d))).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
