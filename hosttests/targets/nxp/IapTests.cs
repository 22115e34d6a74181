using static SharpProbe.Tests.Targets.BusRig;
using static SharpProbe.Tests.Targets.Nxp.NxpRig;

namespace SharpProbe.Tests.Targets.Nxp;

/// <summary>IAP in the boot ROM of an LPC, called as a debugger calls it.</summary>
public class IapTests
{
    private const uint Ram = 0x1000_0000, Command = Ram + 0x10, Result = Ram + 0x30, Buffer = Ram + 0x800, Stack = Ram + 0x400, BankA = 0x1A00_0000, BankB = 0x1B00_0000;

    public static TheoryData<string, uint> Parts => new() { { "lpc1768", 4000 }, { "lpc11u24", 12000 }, { "lpc1343", 12000 }, { "lpc4088", 12000 } };

    private static NxpRig Halted(string target)
    {
        var rig = new NxpRig(target);
        rig.Target.Load(NxpImage.Of(0x1000, Ram + 0x1000), rig.Lpc.Part.Part.Banks[0]);
        rig.Wait(100 * Microsecond);
        rig.Halt();
        return rig;
    }

    /// <summary>Result words, the status first, and the time in femtoseconds.</summary>
    private static (uint Status, uint First, ulong Took) Call(NxpRig rig, params uint[] words)
    {
        rig[Ram] = 0xBE00_BE00;         // BKPT: where it returns to
        for (uint i = 0; i < words.Length; i++) rig[Command + i * 4] = words[i];
        rig[Result] = 0xDEAD;
        rig.Register(0, Command);
        rig.Register(1, Result);
        rig.Register(13, Stack);
        rig.Register(14, Ram | 1);
        rig.Register(15, rig.Lpc.Part.Part.RomAt + (uint)rig.Lpc.Part.Part.IapOffset);
        rig.Register(16, 1u << 24);
        ulong start = rig.Probe.Time.Now;
        rig[TargetRig.Dhcsr] = TargetRig.Key | 9;
        for (int i = 0; i < 1000 && !rig.IsHalted; i++) rig.Wait(200 * Microsecond);
        Assert.True(rig.IsHalted, rig.Target.Stopped?.ToString());
        Assert.Equal(Ram, rig.Register(15));
        return (rig[Result], rig[Result + 4], rig.Probe.Time.Now - start);
    }

    [Theory, MemberData(nameof(Parts))]
    public void A_sector_is_prepared_erased_and_written(string target, uint kilohertz)
    {
        var rig = Halted(target);
        Assert.Equal(9u, Call(rig, 52, 1, 1, kilohertz).Status);
        Assert.Equal(0u, Call(rig, 50, 1, 2).Status);
        var (status, _, took) = Call(rig, 52, 1, 2, kilohertz);
        Assert.Equal(0u, status);
        Assert.InRange(took, 100 * Millisecond, 101 * Millisecond);
        Assert.Equal(0u, Call(rig, 53, 1, 2).Status);
        for (uint i = 0; i < 1024; i += 4) rig[Buffer + i] = i * 0x0101_0101;
        Assert.Equal(9u, Call(rig, 51, 0x1000, Buffer, 1024, kilohertz).Status);
        Assert.Equal(0u, Call(rig, 50, 1, 1).Status);
        (status, _, took) = Call(rig, 51, 0x1000, Buffer, 1024, kilohertz);
        Assert.Equal(0u, status);
        Assert.InRange(took, 4 * Millisecond, 5 * Millisecond);
        Assert.Equal(0u, Call(rig, 56, 0x1000, Buffer, 1024).Status);
        rig[Buffer + 8] = 0;
        Assert.Equal((10u, 8u), (Call(rig, 56, 0x1000, Buffer, 1024).Status, Call(rig, 56, 0x1000, Buffer, 1024).First));
        Assert.Equal((8u, 0u), (Call(rig, 53, 1, 1).Status, Call(rig, 53, 1, 1).First));
    }

    [Fact] public void It_says_what_part_it_is()
    {
        Assert.Equal(0x2601_3F37u, Call(Halted("lpc1768"), 54).First);
        Assert.Equal(0x2980_002Bu, Call(Halted("lpc11u24"), 54).First);
    }

    [Fact] public void Pages_of_an_LPC82x_have_64_bytes()
    {
        var rig = Halted("lpc824");
        Assert.Equal(0u, Call(rig, 50, 2, 2).Status);
        Assert.Equal(0u, Call(rig, 52, 2, 2, 12000).Status);
        rig[Buffer + 60] = 0x4711;
        Assert.Equal(0u, Call(rig, 50, 2, 2).Status);
        Assert.Equal(0u, Call(rig, 51, 0x840, Buffer, 64, 12000).Status);
        Assert.Equal(0x4711u, rig[0x87C]);
        Assert.Equal(3u, Call(rig, 51, 0x860, Buffer, 64, 12000).Status);
        Assert.Equal(6u, Call(rig, 51, 0x880, Buffer, 2048, 12000).Status);
    }

    [Fact] public void An_LPC43xx_wants_init_first_and_the_bank_with_every_command()
    {
        var rig = Halted("lpc4357");
        Assert.Equal(0x1040_1FF1u, rig[0x1040_0100]);
        Assert.Equal(0xA001_C830u, Call(rig, 54).First);
        Assert.Equal(0u, Call(rig, 49).Status);
        Assert.Equal(20u, Call(rig, 50, 0, 14, 2).Status);
        Assert.Equal(7u, Call(rig, 50, 0, 15, 0).Status);
        Assert.Equal(0u, Call(rig, 50, 8, 8, 1).Status);
        Assert.Equal(9u, Call(rig, 52, 8, 8, 12000, 0).Status);
        var (status, _, took) = Call(rig, 52, 8, 8, 24000, 1);
        Assert.Equal(0u, status);
        Assert.InRange(took, 200 * Millisecond, 201 * Millisecond);         // told of twice the clock
        rig[Buffer] = 0xCAFE;
        Assert.Equal(0u, Call(rig, 50, 8, 8, 1).Status);
        Assert.Equal(9u, Call(rig, 51, BankA + 0x10000, Buffer, 512, 12000).Status);
        Assert.Equal(0u, Call(rig, 51, BankB + 0x10000, Buffer, 512, 12000).Status);
        Assert.Equal(0xCAFEu, rig[BankB + 0x10000]);
        Assert.Equal(0u, Call(rig, 53, 9, 14, 1).Status);
    }

    [Fact] public void An_LPC43xx_without_init_stops_the_target()
    {
        var rig = Halted("lpc4357");
        Assert.Throws<InvalidOperationException>(() => Call(rig, 50, 1, 1, 0));
        Assert.Contains("before 49", rig.Target.LastStop!.Message);
    }

    [Fact] public void An_LPC43xx_shows_its_boot_ROM_at_0_after_a_reset_and_then_the_bank_that_it_starts()
    {
        var rig = Halted("lpc4357");
        Assert.Equal((BankA, Ram + 0x1000), (rig[0x4004_3100], rig[0]));
        rig.HaltAtReset();
        Assert.Equal(0x1040_1F00u, rig.Register(15));
        rig[0x4004_3100] = BankB;
        Assert.Equal(uint.MaxValue, rig[0]);
    }

    [Fact] public void A_divider_of_0_switches_an_LPC4088_off()
    {
        var rig = Halted("lpc4088");
        rig.Write(0x400F_C104, 0, 4);
        Assert.Contains("switches the core's clock off", rig.Target.LastStop!.Message);
    }

    [Theory]
    [InlineData(0x1000u, Buffer + 2, 256u, 2u)]
    [InlineData(0x1010u, Buffer, 256u, 3u)]
    [InlineData(0x1000u, 0x3000_0000u, 256u, 4u)]
    [InlineData(0x80000u, Buffer, 256u, 5u)]
    [InlineData(0x1000u, Buffer, 128u, 6u)]
    public void Wrong_arguments_have_the_manuals_codes(uint to, uint from, uint count, uint code)
    {
        var rig = Halted("lpc1768");
        Call(rig, 50, 0, 29);
        Assert.Equal(code, Call(rig, 51, to, from, count, 4000).Status);
        Assert.Equal(7u, Call(rig, 50, 0, 30).Status);
        Assert.Equal(1u, Call(rig, 99).Status);
    }

    [Fact] public void A_wrong_clock_stops_the_target()
    {
        var rig = Halted("lpc1768");
        Call(rig, 50, 1, 1);
        Assert.Throws<InvalidOperationException>(() => Call(rig, 52, 1, 1, 12000));
        Assert.Contains("core clock of 12000 kHz", rig.Target.LastStop!.Message);
    }

    [Theory]
    [InlineData("lpc1768", 0x400F_C040u, 1u)]
    [InlineData("lpc11u24", 0x4004_8000u, 2u)]
    [InlineData("lpc824", 0x4004_8000u, 2u)]
    public void The_boot_ROM_is_at_0_until_it_starts_a_program_with_a_right_checksum(string target, uint remap, uint value)
    {
        var rig = Halted(target);
        Assert.Equal(value, rig[remap]);
        Assert.Equal(Ram + 0x1000, rig[0]);
        rig.HaltAtReset();
        Assert.Equal(0x1FFF_1F00u, rig.Register(15));
        Assert.NotEqual(Ram + 0x1000, rig[0]);
        rig[remap] = value;
        Assert.Equal(Ram + 0x1000, rig[0]);
        byte[] image = NxpImage.Of(0x1000, Ram + 0x1000);
        image[0x1C] ^= 1;
        rig.Target.Load(image, 0);
        rig.Wait(100 * Microsecond);
        rig.Halt();
        Assert.Equal(0u, rig[remap]);
        Assert.InRange(rig.Register(15), 0x1FFF_0000u, 0x1FFF_1FFFu);
    }

    [Fact] public void Code_read_protection_closes_the_debug_port()
    {
        byte[] image = NxpImage.Of(0x1000, Ram + 0x1000);
        BitConverter.TryWriteBytes(image.AsSpan(0x2FC), 0x1234_5678u);
        Assert.False(new NxpRig("lpc1768", image).Target.Enabled);
    }
}
