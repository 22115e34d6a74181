using SharpProbe.Sim.Svd;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Svd;

namespace SharpProbe.Tests.Targets;

public class TargetSvdTests
{
    private static readonly SvdExplanation[] Explanations =
    [
        new("STM32F103", "RCC.A*", "read write", "RM0008 7.3: the file is of the high-density part, which has more blocks"),
        new("STM32F103", "RCC.CSR", "write", "RM0008 7.3.10: the flags are read only"),
        new("STM32F103", "FLASH.OBR", "read", "PM0075 3.7: bits 9:5 are reserved and read as ones"),
        new("STM32F103", "IWDG.*", "read extra", "the model is of the later watchdog, which has a window"),
        new("STM32F103", "AFIO.MAPR", "read write", "RM0008 9.4.2: SWJ_CFG is write only"),
        new("STM32F103", "AFIO.MAPR2", "missing", "RM0008 9.4.7: high density only"),
        new("STM32F103", "TIM*.*", "read write reset", "the model is of the later timer, which has wider modes"),
    ];

    [SvdFact]
    public void Registers_are_where_the_vendors_file_has_them_with_its_reset_values()
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, "STM32F103.svd.gz"));
        var chip = (ChipF103)new TargetRig().Target.Chip;
        var all = chip.Placed.SelectMany(block => SvdCheck.Compare(block, file)).Where(d => !Explanations.Any(e => e.Covers(file.Name, d))).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
