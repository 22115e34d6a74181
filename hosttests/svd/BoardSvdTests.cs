using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Svd;

namespace SharpProbe.Tests.Svd;

public class BoardSvdTests
{
    [SvdFact] public void STLINK_V3_mini_agrees_with_the_STM32F723_file() => Check(StLinkV3Mini.Board, "STM32F723");

    [SvdFact] public void PYBD_SF2_agrees_with_the_STM32F722_file() => Check(PybdSf2.Board, "STM32F722");

    [SvdFact] public void DevEBox_H743_agrees_with_the_STM32H743_file() => Check(DeveboxH743.Board, "STM32H743");

    [SvdFact] public void DevEBox_H750_agrees_with_the_STM32H750_file() => Check(DeveboxH750.Board, "STM32H750");

    private static void Check(Board board, string chip) =>
        Assert.Empty(SvdCheck.Run(Path.Combine(SvdFactAttribute.Folder!, chip + ".svd.gz"), new Machine(board)).Unexplained);
}
