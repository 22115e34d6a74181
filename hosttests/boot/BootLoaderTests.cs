using SharpProbe.Build.Images;
using SharpProbe.Sim;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Boot;

/// <summary>Each board's boot loader as it is built, on the bench: when it comes up, and updates over the cable.</summary>
public class BootLoaderTests
{
    public static TheoryData<string> Boards => ["stlinkv3mini", "pybd_sf2", "devebox_h743", "devebox_h750"];

    [Theory, MemberData(nameof(Boards))]
    public void It_starts_a_valid_application_without_a_trace(string board)
    {
        var rig = new BootRig(board);
        uint reset = BitConverter.ToUInt32(rig.Image, 4) & ~1u, stack = BitConverter.ToUInt32(rig.Image, 0);
        ulong limit = rig.Machine.Time.Now + TimeBase.Second;
        while (rig.Machine.Core[15] != reset && rig.Machine.Time.Now < limit && rig.Machine.Stopped is null) rig.Machine.RunCycles(rig.Machine.Time.Cycles + 1);
        rig.AssertRunning();
        Assert.Equal(reset, rig.Machine.Core[15]);
        Assert.Equal(stack, rig.Machine.Core[13]);
        ulong soon = 20 * BootRig.Millisecond + (ulong)rig.Image.Length * 600 * (BootRig.Millisecond / 1_000_000);      // 0.6 us a byte
        Assert.True(rig.Machine.Time.Now < soon, $"{rig.Machine.Time.Now * 1e3 / TimeBase.Second:F1} ms");
        rig.InApplication();
        Assert.Equal("", string.Join("\n", rig.Host.Findings.All));
    }

    [Theory, MemberData(nameof(Boards))]
    public void It_waits_for_an_application_where_there_is_none_and_writes_one(string board)
    {
        var rig = new BootRig(board, application: false).InBootLoader();
        Assert.Equal($"SharpProbe boot loader {board}", rig.Host.Identity.Product);
        rig.Client.Write(rig.Image, rig.Start);
        rig.InApplication();
        Assert.Equal("", string.Join("\n", rig.Host.Findings.All));
        rig.PowerCycle().InApplication();
    }

    [Theory, MemberData(nameof(Boards))]
    public void An_update_asked_for_by_the_button_replaces_the_application(string board)
    {
        var rig = new BootRig(board).InApplication();
        var button = rig.Machine.Pin(BootRig.Button(board)).Net.Attach("button", Drive.Low);
        rig.PowerCycle().InBootLoader();
        byte[] next = (byte[])rig.Image.Clone();
        next[^1] ^= 0xFF;
        rig.Client.Write(Sealed(next), rig.Start, leave: false);
        button.Set(Drive.None, rig.Machine.Time.Now);
        rig.Client.Leave(rig.Start);
        rig.InApplication();
        button.Set(Drive.Low, rig.Machine.Time.Now);
        rig.PowerCycle().InBootLoader();
        Assert.Equal(next, rig.Client.Read(rig.Start, next.Length));
    }

    [Theory, MemberData(nameof(Boards))]
    public void The_layout_says_what_may_be_written(string board)
    {
        var rig = new BootRig(board, application: false).InBootLoader();
        Assert.Equal(board is "stlinkv3mini" or "pybd_sf2"
            ? "@Internal Flash  /0x08000000/04*016Ka,01*064Kg,03*128Kg"
            : "@Internal Flash  /0x08000000/01*128Ka,13*128Kg,02*128Ka", rig.Client.Layout);
    }

    [Theory]
    [InlineData("stlinkv3mini", "pybd_sf2", "image for another board: pybd_sf2, this is stlinkv3mini")]
    [InlineData("devebox_h743", "devebox_h750", "image for another board: devebox_h750, this is devebox_h743")]
    public void A_file_for_another_board_is_refused_in_words_and_the_old_application_stays(string board, string other, string words)
    {
        var rig = new BootRig(board);
        rig.Machine.Pin(BootRig.Button(board)).Net.Attach("button", Drive.Low);
        rig.PowerCycle().InBootLoader();
        var foreign = new BootRig(other);
        var failure = Assert.Throws<DfuFailure>(() => rig.Client.Write(foreign.Image, rig.Start));
        Assert.Equal((1, words), (failure.Status, failure.Text));
        Assert.True(rig.Client.Clear());
        Assert.Equal(rig.Image, rig.Client.Read(rig.Start, rig.Image.Length));
    }

    [Theory]
    [InlineData("stlinkv3mini")]
    [InlineData("devebox_h743")]
    public void Bad_files_are_refused_in_words_and_a_good_one_still_goes_in(string board)
    {
        var rig = new BootRig(board, application: false).InBootLoader();
        byte[] corrupted = (byte[])rig.Image.Clone();
        corrupted[corrupted.Length / 2] ^= 1;
        Refused(corrupted, rig.Start, 2, "bad CRC: the image is damaged");
        Refused(rig.Image[..(rig.Image.Length / 2 & ~31)], rig.Start, 9, "the file ends too early: .* of .* bytes");
        Refused([.. rig.Image, .. new byte[32]], rig.Start, 2, "more bytes than the image's header says: .*");
        Refused(rig.Image, 0x0800_0000, 8, "not the application's: 0x08000000");
        Refused(rig.Image, rig.Start + 0x10_0000, 8, ".*0x08.*");
        Refused("once upon a time"u8.ToArray(), rig.Start, 1, "no SharpProbe application");
        rig.Client.Write(rig.Image, rig.Start);
        rig.InApplication();

        void Refused(byte[] file, uint address, int status, string words)
        {
            var failure = Assert.Throws<DfuFailure>(() => rig.Client.Write(file, address));
            Assert.Equal(status, failure.Status);
            Assert.Matches("^" + words + "$", failure.Text);
            Assert.True(rig.Client.Clear());
        }
    }

    [Theory]
    [InlineData("stlinkv3mini", 2000u)]
    [InlineData("devebox_h743", 2000u)]
    public void The_host_is_told_how_long_an_erase_takes_and_never_kept_waiting_longer(string board, uint longest)
    {
        var rig = new BootRig(board, application: false).InBootLoader();
        rig.Client.Write(rig.Image, rig.Start);
        Assert.InRange(rig.Client.LongestWait, longest, longest + 20);
        Assert.True(rig.Client.LongestStall < 20 * BootRig.Millisecond, $"{rig.Client.LongestStall * 1e3 / TimeBase.Second:F1} ms");
    }

    [Theory, MemberData(nameof(Boards))]
    public void An_application_in_flash_that_is_damaged_does_not_run(string board)
    {
        var rig = new BootRig(board);
        byte[] damaged = (byte[])rig.Image.Clone();
        damaged[^200] ^= 0x40;
        rig.Machine.Load(damaged, rig.Start);
        rig.InBootLoader();
    }

    [Fact]
    public void A_power_on_crash_record_and_stack_of_the_application_outlive_the_boot_loader()
    {
        var rig = new BootRig("stlinkv3mini").Run(500);
        string said = "";
        rig.Machine.Console.Received += (word, _, _) => said += (char)word;
        rig.Machine.Console.Send("crash null\r"u8);
        rig.Run(700);
        Assert.Contains("last crash: MemManage", said);
    }

    private static byte[] Sealed(byte[] image)
    {
        image.AsSpan(0x24, 4).Clear();
        BitConverter.TryWriteBytes(image.AsSpan(0x24), Crc32.Of(image));
        return image;
    }
}
