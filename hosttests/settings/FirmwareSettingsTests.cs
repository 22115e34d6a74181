using System.Buffers.Binary;
using System.Text.RegularExpressions;
using SharpProbe.Settings;
using SharpProbe.Sim.Boards;
using SharpProbe.Tests.Boot;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Settings;

/// <summary>The firmware's own ELF keeps settings in the bench's flash.</summary>
public class FirmwareSettingsTests
{
    private const uint Start = 0x0800_0000;

    /// <summary>The longest set: an erase of the H7, or of the F7 with all it copies.</summary>
    private const int SetTime = 1200;

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    [InlineData("devebox_h750")]
    public void A_setting_is_there_after_power_was_off_and_takes_effect(string board)
    {
        var booted = new BootedBoard(BoardList.Find(board)).Run(60);
        BootedBoard.AssertSaid("swd_frequency: 2000000 ", booted.Type("settings swd_frequency 2M", SetTime));
        booted.Machine.PowerOn();
        booted.Run(60);
        BootedBoard.AssertSaid("swd_frequency: 2000000 ", booted.Type("settings", 40));
        double megahertz = double.Parse(Regex.Match(booted.Type("frequency", 40), @"SWCLK: ([\d.]+) MHz").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(megahertz, 1.9, 2.0);
    }

    [Fact] public void Beside_STs_boot_loader_nothing_is_kept_and_its_sectors_stay_as_they_are()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini"), "stlinkv3mini_beside_st").Run(60);
        BootedBoard.AssertSaid("has no place for settings", booted.Type("settings swd_frequency 2M", SetTime));
        BootedBoard.AssertSaid("swd_frequency: not set", booted.Type("settings", 40));
        Assert.All(booted.Machine.Chip.Bus.Find(Chip.FlashStart)!.Region!.Span[..0x2_0000].ToArray(), b => Assert.Equal(0xFF, b));
    }

    [Fact] public void The_USB_mode_that_is_set_is_what_the_host_sees()
    {
        var booted = new BootedBoard(BoardList.Find("stlinkv3mini")).Run(60);
        booted.Type("settings usb_mode trace", SetTime);
        booted.Machine.PowerOn();
        booted.Run(50);
        var host = new SharpProbe.Sim.Usb.UsbHost(booted.Machine.Time, SharpProbe.Sim.Usb.UsbSpeed.High);
        host.Plug(booted.Machine.Usb);
        booted.Run(400);
        Assert.Equal(["Black Magic GDB Server", "Black Magic UART Port"], host.Ports.Select(p => p.Name));
    }

    /// <summary>Some of the operations; SETTINGS_CUTS=all for each at every moment. <see cref="StorePowerCutTests"/> cuts everywhere, on a fake.</summary>
    [Theory]
    [InlineData("stlinkv3mini", 33)]
    [InlineData("devebox_h743", 5)]
    public void The_power_goes_in_a_move_and_the_old_or_the_new_value_is_there(string name, int operations)
    {
        var board = BoardList.Find(name);
        var booted = new BootedBoard(board);
        var (sector, full) = FullSector(board);
        var cut = new PowerCut(booted.Machine);
        int old = 0, changed = 0;
        bool all = Environment.GetEnvironmentVariable("SETTINGS_CUTS") == "all";
        for (int k = 0; k < operations; k++)
        {
            // The last word, which makes the new sector the one that counts, at every moment.
            bool every = all || k == operations - 1;
            if (!every && k != 0 && operations > 10 && k % 4 != 1) continue;
            foreach (var moment in every ? Enum.GetValues<SharpProbe.Sim.Boards.CutMoment>() : [k == 0 ? SharpProbe.Sim.Boards.CutMoment.Middle : (SharpProbe.Sim.Boards.CutMoment)(k % 3)])
            {
                string at = $"{name}: {moment} of operation {k}";
                Put(booted.Machine, sector, full);
                booted.Machine.PowerOn();
                booted.Run(60);
                cut.Arm(k, moment, 100 * k + (int)moment);
                Until(booted, "settings swd_frequency 2M", "reset by power-on\r\n");
                Assert.True(cut.Happened is not null, $"{at}: no such operation, {cut.Seen.Count} in all");
                Assert.True(booted.Console.EndsWith("reset by power-on\r\n"), $"{at}: {booted.Console}");
                string said = booted.Type("settings", 40);
                Assert.True(said.Contains("usb_mode: full ") && said.Contains("calibration: 9011 8000000 "), $"{at}: another key is lost: {said}");
                Assert.True(said.Contains("swd_frequency: 1000000 ") || said.Contains("swd_frequency: 2000000 "), $"{at}: {said}");
                if (said.Contains("swd_frequency: 2000000 ")) changed++;
                else old++;
                // An erase of the H7 is a second of work for the bench.
                if (all || k == 0 || operations > 10) BootedBoard.AssertSaid("swd_frequency: 3000000 ", Until(booted, "settings swd_frequency 3M", "after start)"));
            }
        }
        Assert.True(old > 0 && changed > 0, $"{old} old, {changed} new");
    }

    /// <summary>Types a line, waits for an answer as long as a set takes, and returns what was said.</summary>
    private static string Until(BootedBoard booted, string line, string answer)
    {
        string said = booted.Type(line, 20);
        int before = booted.Console.Length - said.Length;
        for (int i = 0; i < SetTime / 20 && !booted.Console[before..].Contains(answer); i++) booted.Run(20);
        return booted.Run(20).Console[before..];
    }

    /// <summary>The first settings sector of a board, full, with three keys.</summary>
    private static (uint Address, byte[] Bytes) FullSector(Board board)
    {
        bool h7 = board.FlashKilobytes > 512;
        uint size = h7 ? 0x2_0000u : 0x4000, address = h7 ? 0x081C_0000u : 0x0800_8000;
        var flash = new FakeFlash(h7 ? 32u : 4, 1, size, size);
        var store = new SettingsStore(flash, 0);
        store.Set(1, "full"u8);
        store.Set(3, [.. Word(9011), .. Word(8_000_000)]);
        for (uint i = 0; store.Room > 1 || i == 0; i++) store.Set(2, Word(i + 1));
        store.Set(2, Word(1_000_000));
        Assert.Equal((1u, 0), (store.Moves, store.Room));
        return (address, flash.Contents[..(int)size].ToArray());
    }

    private static byte[] Word(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>The first sector full, the second erased.</summary>
    private static void Put(Machine machine, uint address, byte[] sector)
    {
        var mapping = machine.Bus.Find(address)!;
        var at = mapping.Region!.Span.Slice((int)(address - mapping.Address), 2 * sector.Length);
        sector.CopyTo(at);
        at[sector.Length..].Fill(0xFF);
        mapping.Region.Holes?.Clear(address - mapping.Address, 2 * (uint)sector.Length);
        mapping.Region.ContentsChanged();
    }
}
