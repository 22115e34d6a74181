using SharpProbe.Sim.Targets;

namespace SharpProbe.Tests.Targets.Rp2040;

/// <summary>The serial flash through the boot ROM's functions, which the simulated core runs, and by hand through the SSI.</summary>
public class FlashTests
{
    private const uint SelectControl = 0x4001_800C, Low = 2 << 8, High = 3 << 8, Data = 0x1800_0060, Buffer = 0x2000_8000;

    private static Rp2040Rig Connected()
    {
        var rig = new Rp2040Rig().Awake();
        rig.Use(0);
        rig.Halt();
        rig.Call("IF");
        rig.Call("EX");
        return rig;
    }

    private static byte[] Command(Rp2040Rig rig, params byte[] bytes)
    {
        rig[SelectControl] = Low;
        byte[] answer = [.. bytes.Select(b =>
        {
            rig[Data] = b;
            rig.Pass(Rp2040Rig.Millisecond / 10);
            return (byte)rig[Data];
        })];
        rig[SelectControl] = High;
        return answer;
    }

    private static void Fill(Rp2040Rig rig, uint words)
    {
        for (uint i = 0; i < words; i++) rig[Buffer + i * 4] = 0xA500_0000 + i;
    }

    [Fact] public void It_says_what_it_is()
    {
        var rig = Connected();
        Assert.Equal([0xFF, 0xEF, 0x40, 0x15], Command(rig, 0x9F, 0, 0, 0));
        Assert.Equal("SFDP"u8.ToArray(), Command(rig, 0x5A, 0, 0, 0, 0, 0, 0, 0, 0)[5..]);
        Assert.Equal(8, Command(rig, 0x4B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)[5..].Distinct().Count());
    }

    [Fact] public void The_ROM_programs_pages_and_its_window_shows_them()
    {
        var rig = Connected();
        Fill(rig, 128);
        rig.Call("RP", 0x1000, Buffer, 512);
        rig.Call("FC");
        rig.Call("CX");
        for (uint i = 0; i < 128; i += 31) Assert.Equal(0xA500_0000 + i, rig[ChipRp2040.Xip + 0x1000 + i * 4]);
        Assert.Equal(uint.MaxValue, rig[ChipRp2040.Xip + 0x1200]);
        Assert.Equal(2, rig.Target.Part.Flash.Programs);
        Assert.Equal(0, rig.Target.Part.Flash.Refused);
    }

    [Fact] public void The_ROM_erases_by_blocks_where_they_fit_and_by_sectors_elsewhere()
    {
        var rig = Connected();
        Fill(rig, 64);
        foreach (uint at in new[] { 0xE000u, 0xF000u, 0x1_0000u, 0x1_F000u, 0x2_0000u }) rig.Call("RP", at, Buffer, 256);
        ulong start = rig.Probe.Time.Now;
        rig.Call("RE", 0xF000, 0x1_1000, 0x1_0000, 0xD8);
        Assert.InRange(rig.Probe.Time.Now - start, 195 * Rp2040Rig.Millisecond, 240 * Rp2040Rig.Millisecond);
        Assert.Equal(2, rig.Target.Part.Flash.Erases);
        rig.Call("FC");
        rig.Call("CX");
        Assert.Equal([0xA500_0000, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0xA500_0000], new[] { 0xE000u, 0xF000u, 0x1_0000u, 0x1_F000u, 0x2_0000u }.Select(a => rig[ChipRp2040.Xip + a]));
    }

    [Fact] public void Nothing_is_programmed_without_write_enable()
    {
        var rig = Connected();
        Command(rig, 0x02, 0, 0x10, 0, 0x55);
        Assert.Equal(1, rig.Target.Part.Flash.Refused);
        Assert.Equal(0xFF, Command(rig, 0x03, 0, 0x10, 0, 0)[4]);
    }

    [Fact] public void While_it_erases_only_its_status_answers()
    {
        var rig = Connected();
        Command(rig, 0x06);
        Command(rig, 0x20, 0, 0x10, 0);
        Assert.Equal(3, Command(rig, 0x05, 0)[1]);
        Assert.Equal(0xFF, Command(rig, 0x9F, 0)[1]);
        Command(rig, 0x06);
        Assert.Equal(2, rig.Target.Part.Flash.Refused);
        rig.Pass(46 * Rp2040Rig.Millisecond);
        Assert.Equal(0, Command(rig, 0x05, 0)[1]);
    }

    [Fact] public void An_erase_that_goes_on_after_its_address_is_none()
    {
        var rig = Connected();
        Command(rig, 0x06);
        Command(rig, 0x20, 0, 0x10, 0, 0);
        Assert.Equal(2, Command(rig, 0x05, 0)[1]);
        Assert.Equal(0, rig.Target.Part.Flash.Erases);
    }

    [Fact] public void A_page_wraps_at_its_end_and_bits_only_fall()
    {
        var rig = Connected();
        Command(rig, 0x06);
        Command(rig, 0x02, 0, 0x10, 0xFE, 0x0F, 0x1F, 0x2F);
        rig.Pass(Rp2040Rig.Millisecond);
        Command(rig, 0x06);
        Command(rig, 0x02, 0, 0x10, 0xFE, 0xF1);
        rig.Pass(Rp2040Rig.Millisecond);
        Assert.Equal([0x01, 0x1F, 0xFF], Command(rig, 0x03, 0, 0x10, 0xFE, 0, 0, 0)[4..]);
        Assert.Equal(0x2F, Command(rig, 0x03, 0, 0x10, 0, 0)[4]);
    }

    [Fact] public void The_window_is_a_bus_error_while_the_interface_is_not_set_for_it()
    {
        var rig = Connected();
        rig.Host.WriteAp(4, ChipRp2040.Xip);
        rig.Host.ReadAp(12);
        Assert.Equal(SharpProbe.Sim.Adi.SwdAck.Fault, rig.Host.Read(false, 12, out _));
    }

    [Fact] public void A_boot_stage_with_a_wrong_checksum_is_not_started()
    {
        var rig = new Rp2040Rig(0xE7FE);
        byte[] image = BootedImage.Of([0xE7FE], 0x800);
        image[10] ^= 1;
        rig.Target.Load(image, ChipRp2040.Xip);
        rig.Awake();
        rig.Pass(20 * Rp2040Rig.Millisecond);
        rig.Use(0);
        rig.Halt();
        Assert.InRange(rig.Register(15), 0u, 0x3FFFu);
    }
}
