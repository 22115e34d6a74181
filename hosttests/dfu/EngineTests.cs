using SharpProbe.Booting;
using SharpProbe.Dfu;
using SharpProbe.Io;
using SharpProbe.Tests.Flashing;

namespace SharpProbe.Tests.Dfu;

public class EngineTests
{
    private const uint Start = EngineRig.Start, End = EngineRig.End;

    private readonly EngineRig _rig = new();

    [Theory]
    [InlineData(4u, 0x240)]
    [InlineData(32u, 2048)]
    [InlineData(32u, 4096 + 96)]
    [InlineData(4u, (int)(End - Start))]
    public void An_image_is_written_checked_and_started(uint unit, int length)
    {
        var rig = new EngineRig(EngineRig.Flash(unit));
        byte[] image = TestImage.Make(Start, length);
        Assert.Equal(DfuStatus.Ok, rig.Send(image));
        Assert.Equal("image written and checked", rig.Text);
        Assert.Equal(image, rig.Read(Start, length));
        Assert.Equal(ImageVerdict.Good, rig.Check.Installed());
        Assert.Equal((DfuStatus.Ok, DfuState.Manifest), rig.Leave());
        Assert.True(rig.Engine.Leaving);
    }

    [Fact]
    public void A_raw_file_in_consecutive_blocks_is_written()
    {
        byte[] image = TestImage.Make(Start, 5000 / 32 * 32);
        Assert.Equal(DfuStatus.Ok, _rig.SetAddress(Start));
        for (int at = 0, n = 2; at < image.Length; at += 2048, n++)
            Assert.Equal(DfuStatus.Ok, _rig.Download((ushort)n, image[at..Math.Min(at + 2048, image.Length)]).Status);
        Assert.Equal(ImageVerdict.Good, _rig.Check.Installed());
    }

    [Fact]
    public void A_second_image_in_the_same_session_replaces_the_first()
    {
        Assert.Equal(DfuStatus.Ok, _rig.Send(TestImage.Make(Start, 8192)));
        byte[] second = TestImage.Make(Start, 4096, seed: 2);
        Assert.Equal(DfuStatus.Ok, _rig.Send(second));
        Assert.Equal(second, _rig.Read(Start, second.Length));
        Assert.Equal(DfuState.Manifest, _rig.Leave().State);
    }

    [Fact]
    public void A_file_for_another_board_is_refused_before_anything_is_erased()
    {
        byte[] old = TestImage.Make(Start, 4096);
        Assert.Equal(DfuStatus.Ok, _rig.Send(old));
        int operations = ((FakeFlash)_rig.Device).Operations;
        Assert.Equal(DfuStatus.Target, _rig.Send(TestImage.Make(Start, 4096, board: 3)));
        Assert.Equal("image for another board: devebox_h743, this is stlinkv3mini", _rig.Text);
        Assert.Equal(operations, ((FakeFlash)_rig.Device).Operations);
        Assert.True(_rig.Engine.ClearStatus());
        Assert.Equal(DfuState.Manifest, _rig.Leave().State);
    }

    [Fact]
    public void A_file_that_is_no_image_is_refused()
    {
        Assert.Equal(DfuStatus.Target, _rig.Send(new byte[4096]));
        Assert.Equal("no SharpProbe application", _rig.Text);
    }

    [Fact]
    public void A_damaged_file_is_refused_at_its_end_and_does_not_run()
    {
        byte[] image = TestImage.Make(Start, 4096);
        image[3000] ^= 4;
        Assert.Equal(DfuStatus.File, _rig.Send(image));
        Assert.Equal("bad CRC: the image is damaged", _rig.Text);
        Assert.Equal(ImageVerdict.NoImage, _rig.Check.Installed());
        Assert.True(_rig.Engine.ClearStatus());
        Assert.Equal((DfuStatus.Firmware, DfuState.Error), _rig.Leave());
        Assert.True(_rig.Engine.ClearStatus());
        Assert.Equal(DfuStatus.Ok, _rig.Send(TestImage.Make(Start, 4096)));
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused_at_leave()
    {
        byte[] image = TestImage.Make(Start, 4096);
        Assert.Equal(DfuStatus.Ok, _rig.Send(image[..3000].Concat(new byte[0]).Take(2048 + 320).ToArray()));
        Assert.Equal((DfuStatus.NotDone, DfuState.Error), _rig.Leave());
        Assert.Equal("the file ends too early: 2368 of 4096 bytes", _rig.Text);
        Assert.Equal(ImageVerdict.NoImage, _rig.Check.Installed());
    }

    [Fact]
    public void A_file_that_is_cut_short_within_a_flash_word_is_refused()
    {
        Assert.Equal(DfuStatus.File, _rig.Send(TestImage.Make(Start, 4096)[..3001]));
        Assert.StartsWith("an image is a multiple of 32 bytes: this one is cut short at 0x08001800", _rig.Text);
    }

    [Fact]
    public void An_image_longer_than_the_flash_is_refused_before_anything_is_erased()
    {
        byte[] image = TestImage.Make(Start, (int)(End - Start) + 32);
        Assert.Equal(DfuStatus.Address, _rig.Send(image));
        Assert.Equal("image of 12320 bytes: there is room for 12288", _rig.Text);
        Assert.Equal(0, ((FakeFlash)_rig.Device).Operations);
    }

    [Fact]
    public void Bytes_after_the_image_are_refused()
    {
        Assert.Equal(DfuStatus.File, _rig.Send([.. TestImage.Make(Start, 4096), .. new byte[64]]));
        Assert.Equal("more bytes than the image's header says: 4096", _rig.Text);
    }

    [Theory]
    [InlineData(0x0800_0000u)]
    [InlineData(0x0800_4000u)]
    public void Boot_loader_and_settings_are_neither_erased_nor_written(uint address)
    {
        Assert.Equal(DfuStatus.Address, _rig.Erase(address));
        Assert.Contains($"0x{address:X8}", _rig.Text);
        Assert.True(_rig.Engine.ClearStatus());
        Assert.Equal(DfuStatus.Ok, _rig.SetAddress(address));
        Assert.Equal(DfuStatus.Address, _rig.Download(2, new byte[64]).Status);
        Assert.Equal($"0x{address:X8} is not the application's: that is 0x08001000 to 0x08003FFF", _rig.Text);
        Assert.Equal(0, ((FakeFlash)_rig.Device).Operations);
    }

    [Fact]
    public void A_file_for_another_address_is_refused()
    {
        Assert.Equal(DfuStatus.Address, _rig.Send(TestImage.Make(Start, 4096), Start + 0x1000));
        Assert.StartsWith("out of order at 0x08002000: an image begins at 0x08001000", _rig.Text);
    }

    [Fact]
    public void Block_numbers_that_lead_beyond_the_address_space_are_refused()
    {
        Assert.Equal(DfuStatus.Ok, _rig.SetAddress(End - 1));
        Assert.Equal(DfuStatus.Address, _rig.Download(0xFFFF, new byte[2048]).Status);
    }

    [Fact]
    public void The_wait_for_an_erase_is_announced_before_it_begins()
    {
        byte[] image = TestImage.Make(Start, 8192);
        _rig.SetAddress(Start);
        Assert.InRange(_rig.Download(2, image[..2048]).Wait, 500u, 520u);
        Assert.InRange(_rig.Download(3, image[2048..4096]).Wait, 1u, 20u);
        Assert.InRange(_rig.Download(4, image[4096..6144]).Wait, 500u, 520u);
    }

    [Fact]
    public void Nothing_is_written_before_the_host_has_asked_for_the_status()
    {
        byte[] image = TestImage.Make(Start, 2048);
        _rig.SetAddress(Start);
        Assert.True(_rig.Engine.BeginDownload(2, image.Length));
        _rig.Engine.Download(2, image);
        Assert.False(_rig.Engine.HasWork);
        _rig.Engine.Work();
        Assert.Equal(0, ((FakeFlash)_rig.Device).Operations);
        Assert.Equal(DfuState.DownloadBusy, _rig.Status().State);
        Assert.True(_rig.Engine.HasWork);
    }

    [Fact]
    public void A_failed_erase_and_a_failed_write_are_told()
    {
        var flash = EngineRig.Flash();
        flash.Refused.Add(0);
        flash.Refused.Add(3);
        var rig = new EngineRig(flash);
        Assert.Equal(DfuStatus.Erase, rig.Send(TestImage.Make(Start, 4096)));
        Assert.Equal("erase failed at 0x08001000", rig.Text);
        Assert.True(rig.Engine.ClearStatus());
        Assert.Equal(DfuStatus.Program, rig.Send(TestImage.Make(Start, 4096)));
        Assert.True(rig.Engine.ClearStatus());
        Assert.Equal(DfuStatus.Ok, rig.Send(TestImage.Make(Start, 4096)));
    }

    [Fact]
    public void Upload_reads_what_is_there_and_ends_at_the_end_of_the_flash()
    {
        byte[] image = TestImage.Make(Start, 4096);
        _rig.Send(image);
        Assert.True(_rig.Engine.Abort());
        byte[] buffer = new byte[2048];
        Assert.Equal(DfuStatus.Ok, _rig.SetAddress(Start));
        _rig.Engine.Abort();
        Assert.Equal(2048, _rig.Engine.Upload(2, buffer));
        Assert.Equal(image[..2048], buffer);
        Assert.Equal(2048, _rig.Engine.Upload(3, buffer));
        Assert.Equal(image[2048..], buffer);
        Assert.Equal(DfuState.UploadIdle, _rig.Engine.State);
        _rig.Engine.Abort();
        _rig.SetAddress(0x0800_4F00);
        _rig.Engine.Abort();
        Assert.Equal(0x100, _rig.Engine.Upload(2, buffer));
        Assert.Equal(DfuState.Idle, _rig.Engine.State);
        Assert.Equal(0, _rig.Engine.Upload(0xFFFF, buffer));
    }

    [Fact]
    public void Upload_of_a_torn_flash_word_is_an_error_in_words()
    {
        ((FakeFlash)_rig.Device).Put(Start + 64, null);
        _rig.SetAddress(Start);
        _rig.Engine.Abort();
        Assert.Equal(-1, _rig.Engine.Upload(2, new byte[256]));
        Assert.Equal(DfuStatus.Verify, _rig.Engine.Status);
        Assert.Contains("ECC", _rig.Text);
    }

    [Fact]
    public void The_commands_are_listed()
    {
        byte[] buffer = new byte[64];
        Assert.Equal(3, _rig.Engine.Upload(0, buffer));
        Assert.Equal([0x00, 0x21, 0x41], buffer[..3]);
    }

    [Theory]
    [InlineData(new byte[] { 0x92 })]
    [InlineData(new byte[] { 0x21, 1, 2 })]
    [InlineData(new byte[] { 0x41, 0, 0, 0, 8, 0 })]
    public void Unknown_commands_are_refused(byte[] command)
    {
        Assert.Equal(DfuStatus.Vendor, _rig.Download(0, command).Status);
    }

    [Fact]
    public void A_request_out_of_place_is_an_error_that_the_host_can_clear()
    {
        Assert.True(_rig.Engine.BeginDownload(2, 64));
        _rig.Engine.Download(2, new byte[64]);
        Assert.False(_rig.Engine.BeginDownload(3, 64));
        Assert.Equal((DfuStatus.StalledRequest, 0u, DfuState.Error), _rig.Status());
        Assert.True(_rig.Engine.ClearStatus());
        Assert.Equal((DfuStatus.Ok, 0u, DfuState.Idle), _rig.Status());
        Assert.False(_rig.Engine.BeginDownload(1, 64));
        Assert.True(_rig.Engine.ClearStatus());
        Assert.False(_rig.Engine.BeginDownload(2, 2049));
    }

    [Fact]
    public void A_bus_reset_drops_what_was_asked_for()
    {
        _rig.SetAddress(Start);
        Assert.True(_rig.Engine.BeginDownload(2, 2048));
        _rig.Engine.Download(2, TestImage.Make(Start, 2048));
        _rig.Status();
        _rig.Engine.Reset();
        _rig.Engine.Work();
        Assert.Equal(0, ((FakeFlash)_rig.Device).Operations);
        Assert.Equal(DfuState.Idle, _rig.Engine.State);
    }

    [Fact]
    public void Leaving_without_a_download_starts_the_old_image_only_if_it_is_good()
    {
        Assert.Equal((DfuStatus.Firmware, DfuState.Error), _rig.Leave());
        _rig.Engine.ClearStatus();
        _rig.Send(TestImage.Make(Start, 4096));
        Assert.Equal(DfuState.Manifest, new EngineRig(_rig.Device).Leave().State);
    }

    [Fact]
    public void Whatever_the_host_sends_the_boot_loader_stays_and_the_engine_answers()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var rig = new EngineRig(EngineRig.Flash(random.Next(2) == 0 ? 4u : 32, seed));
            byte[] good = TestImage.Make(Start, 4096), buffer = new byte[2048];
            for (int i = 0; i < 200; i++)
            {
                switch (random.Next(9))
                {
                    case 0: rig.Engine.ClearStatus(); break;
                    case 1: rig.Engine.Abort(); break;
                    case 2: rig.Engine.Upload((ushort)random.Next(0x10000), buffer.AsSpan(0, random.Next(2049))); break;
                    case 3: rig.Engine.Reset(); break;
                    case 4: rig.Engine.Work(); break;
                    case 5: rig.Status(); break;
                    default:
                        ushort number = (ushort)(random.Next(3) == 0 ? random.Next(0x10000) : random.Next(5));
                        byte[] data = random.Next(3) switch
                        {
                            0 => [.. new byte[] { 0x21, 0x41, 0 }.AsSpan(random.Next(3), 1), .. BitConverter.GetBytes(0x0800_0000 + random.Next(6) * 0x1000)],
                            1 => good[..(random.Next(65) * 32)],
                            _ => new byte[random.Next(2049)],
                        };
                        if (rig.Engine.BeginDownload(number, data.Length) && data.Length > 0) rig.Engine.Download(number, data);
                        break;
                }
                if (rig.Engine.Leaving) break;
            }
            Assert.Equal(0, ((FakeFlash)rig.Device).Wear[0]);
            Assert.Equal(0, ((FakeFlash)rig.Device).Wear[4]);
        }
    }

    [Fact]
    public void The_layout_string_marks_what_may_be_written()
    {
        byte[] buffer = new byte[100];
        var to = new ByteWriter(buffer);
        MemoryLayout.Write(_rig.Device, _rig.Place, ref to);
        Assert.Equal("@Internal Flash  /0x08000000/01*004Ka,03*004Kg,01*004Ka", System.Text.Encoding.ASCII.GetString(to.Written));
    }
}
