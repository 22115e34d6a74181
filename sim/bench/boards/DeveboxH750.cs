namespace SharpProbe.Sim.Boards;

/// <summary>DevEBox STM32H750VBT6: as the H743 board. ST guarantees one flash sector; the die has the H743's 2 MB.</summary>
public static class DeveboxH750
{
    public static Board Board { get; } = DeveboxH743.Board with { Name = "devebox_h750", Chip = ChipKind.Stm32H750, FlashKilobytes = 2048 };
}
