namespace SharpProbe.Sim.Boards;

/// <summary>PYBD-SF2W: STM32F722IEK. Console on X1 and X2 (UART4). The 32 kHz clock comes from a module.</summary>
public static class PybdSf2
{
    public static Board Board { get; } = new()
    {
        Name = "pybd_sf2",
        Chip = ChipKind.Stm32F722,
        FlashKilobytes = 512,
        Clocks = new(25_000_000, HseIsModule: false, LseHertz: 32_768, LseIsModule: true),
        Leds = [new("red", "PF3", ActiveLow: true), new("green", "PF4", ActiveLow: true), new("blue", "PF5", ActiveLow: true)],
        Console = ("PA0", "PA1"),
        Usb = "OTG_HS",
    };
}
