using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Svd;
using SharpProbe.Tests.Chips;

namespace SharpProbe.Tests.Svd;

public class SvdCheckTests
{
    private readonly Die _die = new ChipBench().Die;

    [SvdFact] public void Shared_blocks_of_the_F7_agree_with_ST()
    {
        var syscfg = new SyscfgF7();
        var router = new DmaChannelsF7(_die);
        Check("STM32F723",
        [
            .. "ABCDEFGHI".Select(port => new Gpio(port, _die, GpioResets.F7(port), AlternateFunctionsF7.Table)),
            syscfg, new Exti(_die, ExtiLayout.F7, syscfg), new Iwdg("IWDG", _die, () => 32_000),
            .. Usarts.Select(name => new Usart(name, _die, UsartVersion.F7, () => 1, 0)),
            .. Numbers.Select(n => new Dma(n, _die, DmaVersion.F7, router, () => 1, new int[8])),
        ]);
    }

    [SvdFact] public void Shared_blocks_of_the_H7_agree_with_ST()
    {
        var syscfg = new SyscfgH7(0, _ => 0);
        var mux = new Dmamux("DMAMUX1", _die, DmamuxRequestsH7.Table);
        Check("STM32H743",
        [
            .. "ABCDEFGHIJK".Select(port => new Gpio(port, _die, GpioResets.H7(port), AlternateFunctionsH7.Table)),
            syscfg, new Exti(_die, ExtiLayout.H7, syscfg), new Iwdg("IWDG", _die, () => 32_000), mux,
            .. Usarts.Select(name => new Usart(name, _die, UsartVersion.H7, () => 1, 0)),
            .. Numbers.Select(n => new Dma(n, _die, DmaVersion.H7, mux, () => 1, new int[8])),
        ]);
    }

    private static readonly string[] Usarts = ["USART1", "USART2", "USART3", "UART4", "UART5", "USART6", "UART7", "UART8"];
    private static readonly int[] Numbers = [1, 2];

    private static void Check(string chip, IEnumerable<Peripheral> blocks)
    {
        var file = new SvdFile(Path.Combine(SvdFactAttribute.Folder!, chip + ".svd.gz"));
        Assert.Empty(SvdCheck.Unexplained(blocks.SelectMany(b => SvdCheck.Compare(b, file)), file));
    }
}
