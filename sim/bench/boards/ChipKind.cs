namespace SharpProbe.Sim.Boards;

public enum ChipKind
{
    Stm32F722,
    Stm32F723,
    Stm32H743,
    Stm32H750,
}
