using SharpProbe.Build.Images;
using SharpProbe.Tests.Boot;
using SharpProbe.Tests.Dfu;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>dfu-util, in a Linux computer, updates a probe through its boot loader.</summary>
[Collection(UsbGuestCollection.Name)]
public sealed class DfuTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Maker = "Black Sphere Technologies", Sign = "Black Sphere Technologiez";
    private const string Loader = "-d 0483:df11", Either = "-d 1d50:6018,0483:df11";
    private const int HeaderBoard = 10, HeaderLength = 8;

    public static TheoryData<string> Boards => ["stlinkv3mini", "pybd_sf2", "devebox_h743", "devebox_h750"];

    [GuestTheory, MemberData(nameof(Boards))]
    public void It_finds_the_running_probe_and_downloads_a_new_application_which_then_enumerates(string board) => With(board, _ =>
    {
        string listed = Tell("dfu-util -l").Good;
        Assert.Contains("Found Runtime: [1d50:6018]", listed);
        byte[] next = Renamed(board);
        string said = Tell($"dfu-util {Either} -E 3 -a 0 -s :leave -D {File(board, "next.dfu", next)}", 60).Good;
        Assert.Contains("Download done.", said);
        Assert.Equal(Sign + "\n", WaitFor("1d50:6018"));
    }, bootLoader: true);

    [GuestTheory]
    [InlineData("stlinkv3mini", "dfu-util -d 1d50:6018 -e")]
    [InlineData("pybd_sf2", "printf 'bootloader\\r' > /dev/ttyBmpPy")]
    [InlineData("devebox_h743", "stty -F /dev/ttyBmpPy 1200")]
    [InlineData("devebox_h750", "dfu-util -d 1d50:6018 -e")]
    public void Asked_to_it_enters_the_boot_loader_whose_flash_can_be_read_and_left_again(string board, string asked) => With(board, probe =>
    {
        Assert.Equal(0, Tell(asked).ExitCode);
        WaitFor("0483:df11");
        string listed = Tell("dfu-util -l").Good;
        Assert.Contains("Found DFU: [0483:df11]", listed);
        Assert.Contains("name=\"@Internal Flash  /0x08000000/", listed);
        Assert.Contains($"serial=\"{probe.Serial}\"", listed);
        AssertNoComplaint(Guest.Run("lsusb -v -d 0483:df11").Good);
        byte[] image = Image(board);
        string read = Tell($"rm -f /exchange/back; dfu-util {Loader} -a 0 -s 0x{Start(board):X8}:{image.Length} -U /exchange/back", 60).Good;
        Assert.Contains("Upload done.", read);
        Assert.Equal(image, Guest.Receive("back"));
        Tell($"dfu-util {Loader} -a 0 -s 0x{Start(board):X8}:leave");
        Assert.Equal(Maker + "\n", WaitFor("1d50:6018"));
    }, bootLoader: true);

    // One of each family, half a minute each; hosttests/boot asks the other two by hand.
    [GuestTheory, InlineData("stlinkv3mini"), InlineData("devebox_h743")]
    public void Bad_files_are_refused_in_words_and_a_good_one_still_goes_in(string board) => With(board, probe =>
    {
        Assert.Contains("send DFU detach request", Tell("dfu-util -d 1d50:6018 -e").Good);
        WaitFor("0483:df11");
        byte[] good = Image(board), corrupted = [.. good], foreign = [.. good];
        corrupted[^100] ^= 1;
        foreign[4 * HeaderBoard] ^= 7;
        byte[] tooLong = new byte[IsH7(board) ? 1700 * 1024 : 460 * 1024];
        good.CopyTo(tooLong, 0);
        TestImage.Word(tooLong, HeaderLength, (uint)tooLong.Length);
        Refused("foreign.dfu", TestImage.Seal(foreign), "status(1) = File is not targeted for use by this device");
        Refused("long.dfu", TestImage.Seal(tooLong), "is not writeable");
        byte[] file = DfuSe.Write(new(Start(board), good, 0), board);
        Assert.Contains("Invalid DFU suffix signature", Tell($"dfu-util {Loader} -a 0 -D {Guest.Send("cut.dfu", file[..^1000])}").Text);
        Assert.Equal(good, probe.Bench(() => InFlash(probe, Start(board), good.Length)));
        // dfu-util says it, and ends with 0 nevertheless.
        Refused("truncated.dfu", good[..(good.Length / 2 & ~31)], "status(9) = Received DFU_DNLOAD with wLength = 0, but device does not think that it has all data yet", code: 0);
        Refused("corrupted.dfu", corrupted, "status(2) = File is for this device but fails some vendor-specific test");
        Assert.Contains("Download done.", Tell($"dfu-util {Loader} -a 0 -s :leave -D {Guest.Send("good.dfu", file)}", 60).Good);
        Assert.Equal(Maker + "\n", WaitFor("1d50:6018"));

        void Refused(string name, byte[] image, string words, int? code = null)
        {
            var refused = Tell($"dfu-util {Loader} -a 0 -s :leave -D {File(board, name, image)}", 60);
            Assert.Contains(words, refused.Text);
            Assert.True(code is null ? refused.ExitCode != 0 : refused.ExitCode == code, $"exit code {refused.ExitCode}");
        }
    }, bootLoader: true);

    private GuestOutput Tell(string script, int seconds = 30)
    {
        var result = Guest.Run(script, seconds);
        output.WriteLine($"$ {script}     [{result.ExitCode}, {result.Took.TotalSeconds:F1} s]\n{result.Text}");
        return result;
    }

    /// <summary>Waits until a device with these ids is there, and returns its manufacturer.</summary>
    private string WaitFor(string ids)
    {
        string[] parts = ids.Split(':');
        return Guest.Run($"for i in $(seq 100); do for d in /sys/bus/usb/devices/*; do grep -qs {parts[0]} $d/idVendor && grep -qs {parts[1]} $d/idProduct && udevadm settle && cat $d/manufacturer && exit; done; sleep 0.1; done; lsusb; exit 1").Good;
    }

    private string File(string board, string name, byte[] image) => Guest.Send(name, DfuSe.Write(new(Start(board), image, 0), board));

    private static byte[] Image(string board) => System.IO.File.ReadAllBytes(Path.ChangeExtension(BootedBoard.Firmware(board), ".bin"));

    private static uint Start(string board) => IsH7(board) ? 0x0802_0000u : 0x0801_0000u;

    private static bool IsH7(string board) => board.Contains("_h7", StringComparison.Ordinal);

    private static byte[] InFlash(GuestProbe probe, uint address, int length)
    {
        var region = probe.Machine.Bus.Find(address)!.Region!;
        return region.Span.Slice((int)(address - region.Address), length).ToArray();
    }

    /// <summary>The application as another version: its maker is spelt differently.</summary>
    private static byte[] Renamed(string board)
    {
        byte[] image = Image(board);
        int at = image.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Maker));
        Assert.True(at > 0, "the maker's name is not in the image");
        image[at + Maker.Length - 1] = (byte)Sign[^1];
        return TestImage.Seal(image);
    }
}
