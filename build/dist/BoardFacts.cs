using SharpProbe.Build.Compile;

namespace SharpProbe.Build.Dist;

/// <summary>How a board is flashed: what differs between them (board documents as in docs/boards.md).</summary>
/// <param name="Name">Folder in boards/.</param>
/// <param name="Title">As its maker calls it.</param>
/// <param name="Chip">Part number.</param>
/// <param name="RomLoader">How ST's boot loader in ROM is entered; null: it cannot be.</param>
/// <param name="Debugger">Where a second debugger connects.</param>
/// <param name="OpenOcdTarget">OpenOCD's target file.</param>
/// <param name="Button">What keeps our boot loader waiting at a reset.</param>
/// <param name="BesideSt">Image for units that keep ST's boot loader; null: there are none.</param>
/// <param name="Warning">What to check before; null: nothing.</param>
sealed record BoardFacts(string Name, string Title, string Chip, string? RomLoader, string Debugger, string OpenOcdTarget, string Button, string? Warning = null, string? BesideSt = null)
{
    private const string Devebox = "hold BOOT0 high (bridge it to 3V3, or its button) while the board resets";

    private const string ReadOutProtection =
        "ST's application from V36 on sets read-out protection level 2, which cannot be undone: such a unit takes images only through ST's own boot loader, and units that shipped with boot loader V4 "
        + "(many STLINK-V3MINIE) take none at all. `RDP` in `FLASH_OPTCR` (0x40023C14, bits 15:8) reads 0xAA on a unit that can be converted, 0xCC on one that cannot. Level 1 (any other value) can be "
        + "lifted, which erases the flash and with it ST's firmware for good.";

    private const string HalfPromised = "ST guarantees 128 KB of flash on an STM32H750; this firmware uses 2 MB of it, which the die has. Compare what was written before you rely on a unit. Debuggers that believe "
        + "the chip's size register write 128 KB and no more: flash it by USB.";

    public static BoardFacts[] All { get; } =
    [
        new("devebox_h743", "DEVEBOX STM32H743", "STM32H743VIT6", Devebox, "the board's SWD header", "stm32h7x.cfg", "K2"),
        new("devebox_h750", "DEVEBOX STM32H750", "STM32H750VBT6", Devebox, "the board's SWD header", "stm32h7x.cfg", "K2", HalfPromised),
        new("pybd_sf2", "MicroPython PYBD_SF2", "STM32F722IEK6", "the USR button sequence of its documentation leads to DFU", "the SWD pads", "stm32f7x.cfg", "USR"),
        new("stlinkv3mini", "ST-LINK/V3 mini", "STM32F723IEK6", null, "CN3: 3V3, SWDIO, SWCLK, GND", "stm32f7x.cfg", "PC1 (edge connector CN2) to ground", ReadOutProtection, Target.BesideSt.Name),
    ];
}
