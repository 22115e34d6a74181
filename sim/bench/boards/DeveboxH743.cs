namespace SharpProbe.Sim.Boards;

/// <summary>DevEBox STM32H743VIT6. Console on the serial header (USART1).</summary>
public static class DeveboxH743
{
    public static Board Board { get; } = new()
    {
        Name = "devebox_h743",
        Chip = ChipKind.Stm32H743,
        FlashKilobytes = 2048,
        Clocks = new(25_000_000, HseIsModule: false, LseHertz: 32_768),
        Leds = [new("green", "PA1", ActiveLow: true)],
        Console = ("PA9", "PA10"),
        Usb = "OTG2_HS",
    };
}
