using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Boards;

/// <summary>
/// STLINK-V3MINI: STM32F723IEK6, schematic MB1367, UM2502. The board joins the pins of each wire signal; the target's side is open here. The light at PA10 is
/// two: low green, high red, open dark.
/// </summary>
public static class StLinkV3Mini
{
    public static Board Board { get; } = new()
    {
        Name = "stlinkv3mini",
        Chip = ChipKind.Stm32F723,
        FlashKilobytes = 512,
        Clocks = new(25_000_000, HseIsModule: true, LseHertz: 32_768),
        Leds = [new("green", "PA10", ActiveLow: true), new("red", "PA10", ActiveLow: false), new("power", "PB0", ActiveLow: false)],
        Console = ("PC10", "PB11"),
        Usb = "OTG_HS",
        Wires = [["PF9", "PH7"], ["PH6", "PB2"], ["PA1", "PF8"], ["PD2", "PC7", "PB5"]],
        Resistors = [new("PA6", Drive.ResistorUp)],
    };
}
