using System.Globalization;
using System.Text;
using SharpProbe.Build.Images;

namespace SharpProbe.Build.Dist;

/// <summary>FLASHING.md: how each board gets its first firmware, and later ones.</summary>
static class FlashingPage
{
    public static string Write(IReadOnlyList<DistImages> boards, string version, string commit)
    {
        StringBuilder text = new();
        Line(text, $"# SharpProbe {version}: how to flash it", "", $"Built from commit {commit}. `sha256sum -c SHA256SUMS` checks the files.", "");
        Line(text, "| board | first time | update | boot loader at | application at | bytes |", "|---|---|---|---|---|---|");
        foreach (DistImages b in boards)
            Line(text, $"| [{b.Board.Title}](#{b.Board.Name}), {b.Board.Chip} | `{b.FirstName}` | `{b.Board.Name}.dfu` | {Address(b.Boot)} | {Address(b.Application)} | {Number(b.Boot)} + {Number(b.Application)} |");
        Line(text, "", "Each image is there as `.elf`, `.bin`, `.hex` and `.dfu`; `first_…` is boot loader and application in one, for a board that has neither (`.bin`: from 0x08000000).", "");
        Line(text, "`dfu-util` is in every Linux distribution, in Homebrew, and for Windows at dfu-util.sourceforge.net.", "");
        Updates(text);
        foreach (DistImages board in boards) Board(text, board);
        return text.ToString();
    }

    private static void Updates(StringBuilder text) => Line(text,
        "## Updates, any board", "",
        "```", "dfu-util -d 1d50:6018,0483:df11 -a 0 -D BOARD.dfu -s :leave", "```", "",
        "A running probe goes into its boot loader by itself (`bootloader` on its console does so too), takes the image, and starts it. The power may go at any moment: the board starts the old image, the new",
        "one, or waits for another try. An image for another board, or a damaged one, is refused and changes nothing. A probe that does not start any more: hold the board's button (below) while it resets.", "");

    private static void Board(StringBuilder text, DistImages images)
    {
        BoardFacts board = images.Board;
        Line(text, $"<a id=\"{board.Name}\"></a>", $"## {board.Title}", "");
        if (board.Warning != null) Line(text, $"> **Check first.** {board.Warning}", "");
        if (board.RomLoader != null)
            Line(text, $"**The first time, by USB:** {board.RomLoader}; `dfu-util -l` shows `0483:df11`. Then, and reset:", "",
                "```", $"dfu-util -d 0483:df11 -a 0 -D {images.FirstName}.dfu", "```", "");
        Line(text, $"**{(board.RomLoader != null ? "Or with a debugger" : "The first time, with a second debugger")}** ({board.Debugger}):", "",
            "```", $"openocd -f interface/YOURS.cfg -f target/{board.OpenOcdTarget} -c \"program {images.FirstName}.hex verify reset exit\"", "```", "",
            $"With a Black Magic Probe: `monitor swdp_scan`, `attach 1`, `load {images.BootName}.elf`, `load {board.Name}.elf`.", "");
        if (board.BesideSt != null)
            Line(text, $"**Where ST's boot loader V3 must stay:** `{board.BesideSt}.bin` is linked for 0x08020000, where that boot loader starts it. A tool that speaks its protocol (`stlink-tool`) writes it. It keeps no settings, and",
                "`bootloader` leads to ST's. Tried on the bench only.", "");
        Line(text, $"**Boot loader by hand:** {board.Button}, while the board resets.", "");
    }

    private static string Address(FlashImage image) => $"0x{image.Address:X8}";

    private static string Number(FlashImage image) => image.Bytes.Length.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, params string[] lines)
    {
        foreach (string line in lines) text.Append(line).Append('\n');
    }
}
