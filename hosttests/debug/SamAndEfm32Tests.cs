using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Sam;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>The drivers of SAM and EFM32 parts on the bench's models, by the firmware's SWD.</summary>
public class SamAndEfm32Tests
{
    public static TheoryData<string> Names => PlainProgram.Names;

    private static BenchTarget New(string name)
    {
        var bench = BenchTarget.Of(name);
        var program = PlainProgram.Of(name);
        bench.Target.Load(program.Image(0x200), program.Flash);
        return bench.Attached();
    }

    /// <summary>Milliseconds that the part itself needs for its erases and pages, and what loading may take beyond.</summary>
    [Theory]
    [InlineData("samd21", 4096, 16 * 6 + 64 * 2.5, 1.15)]
    [InlineData("same54", 8192, 100 + 16 * 2.5, 1.15)]
    [InlineData("sam4s", 8192, 50 + 16 * 1.5, 1.15)]
    [InlineData("sam3x", 2048, 8 * (2.5 + 1.5 + 1.5), 1.15)]
    [InlineData("same70", 8192, 50 + 16 * 1.5, 1.15)]
    [InlineData("efm32gg", 8192, 2 * 20.4 + 2048 * 0.020, 1.15)]
    [InlineData("efr32mg12", 8192, 4 * 29.5 + 2048 * 0.0263, 1.15)]
    [InlineData("efr32mg22", 8192, 12.9 + 2048 * 0.0109, 1.5)]
    public void Loading_takes_little_more_than_the_flash_needs(string name, int length, double milliseconds, double most)
    {
        var bench = New(name);
        uint address = PlainProgram.Of(name).Flash + 0x8000;
        byte[] data = Noise(length);
        double start = bench.Milliseconds;
        Load(bench, address, data);
        double took = bench.Milliseconds - start;
        Assert.Equal(data, bench.Read(address, length));
        Assert.InRange(took, milliseconds * 0.98, milliseconds * most);
        Assert.Null(bench.Target.Stopped);
    }

    [Theory, MemberData(nameof(Names))]
    public void Bytes_at_odd_places_leave_their_neighbours(string name)
    {
        var bench = New(name);
        uint address = PlainProgram.Of(name).Flash + 0x8000;
        Succeeds(bench.Core.FlashErase(address, 0x2000));
        foreach (uint at in new[] { 3u, 70u, 600u, 0x1001u }) Succeeds(bench.Core.FlashWrite(address + at, Noise(7)));
        Succeeds(bench.Core.FlashDone());
        byte[] read = bench.Read(address, 0x2000);
        byte[] expected = new byte[0x2000];
        expected.AsSpan().Fill(0xFF);
        foreach (int at in new[] { 3, 70, 600, 0x1001 }) Noise(7).CopyTo(expected, at);
        Assert.Equal(expected, read);
    }

    [Theory, MemberData(nameof(Names))]
    public void Mass_erase_leaves_nothing(string name)
    {
        var bench = New(name);
        uint flash = PlainProgram.Of(name).Flash;
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.All(bench.Read(flash, 256), b => Assert.Equal(0xFF, b));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_reset_halts_at_the_first_instruction(string name)
    {
        var bench = New(name);
        Succeeds(bench.Core.Reset());
        Assert.Equal(PlainProgram.Of(name).Start, bench.Pc);
    }

    [Theory]
    [InlineData("samd21", "", true)]
    [InlineData("same54", "", true)]
    [InlineData("sam4s", "", false)]
    [InlineData("sam3x", "", false)]
    public void Locked_flash_is_told_and_opened_again(string name, string said, bool atReset)
    {
        var bench = New(name);
        uint address = PlainProgram.Of(name).Flash + 0x8000;
        Assert.StartsWith(said, bench.Monitor("lock_flash"));
        if (atReset) Succeeds(bench.Core.Reset());
        Succeeds(bench.Core.FlashErase(address, 4));
        Assert.Equal($"flash write-protected at 0x{address:X8}", Words(bench.Core.FlashDone()));
        Assert.StartsWith(said, bench.Monitor("unlock_flash"));
        if (atReset) Succeeds(bench.Core.Reset());
        Load(bench, address, Noise(64));
        Assert.Equal(Noise(64), bench.Read(address, 64));
    }

    [Theory]
    [InlineData("samd21", 0x0080_4000u, 0xD8E0_C7F8u)]
    [InlineData("same54", 0x0080_4000u, 0xC29A_9239u)]
    public void The_boot_loaders_part_is_closed_in_the_user_row_and_the_rest_of_it_kept(string name, uint address, uint closed)
    {
        var bench = New(name);
        byte[] before = bench.Read(address, 64);
        Assert.StartsWith("written", bench.Monitor("lock_bootprot"));
        byte[] after = bench.Read(address, 64);
        Assert.Equal(closed, BitConverter.ToUInt32(after));
        Assert.Equal(before[4..], after[4..]);
        Assert.StartsWith("written", bench.Monitor("unlock_bootprot"));
        Assert.Equal(before, bench.Read(address, 64));
    }

    [Theory]
    [InlineData("samd21")]
    [InlineData("same54")]
    public void A_serial_number_is_shown_and_the_security_bit_refused_until_the_danger_is_named(string name)
    {
        var bench = New(name);
        Assert.Equal("123456789ABCDEF053504B31FF0A1B2C\n", bench.Monitor("serial"));
        Assert.StartsWith("!refused", bench.Monitor("set_security_bit"));
        var chip = ((SamTarget)bench.Target).Sam;
        Assert.False(chip.Nvm.SecurityBit);
        Assert.Equal("", bench.Monitor("set_security_bit irreversible"));
        Assert.True(chip.Nvm.SecurityBit);
    }

    [Fact]
    public void General_purpose_bits_are_shown_and_set_and_the_one_that_closes_the_part_refused()
    {
        var bench = New("sam4s");
        Assert.Equal("0x00000002\n", bench.Monitor("gpnvm_get"));
        Assert.Equal("0x00000000\n", bench.Monitor("gpnvm_set 1 0"));
        Assert.Equal("0x00000002\n", bench.Monitor("gpnvm_set 1 1"));
        Assert.StartsWith("!refused", bench.Monitor("gpnvm_set 0 1"));
        Assert.Equal("0x00000002\n", bench.Monitor("gpnvm_get"));
    }

    [Theory]
    [InlineData("sam4s", 0x40_0000)]
    [InlineData("sam3x", 0x8_0000)]
    [InlineData("same70", 0x40_0000)]
    public void A_unique_id_is_read_in_the_flashs_place_which_is_itself_again_after_it(string name, uint flash)
    {
        var bench = New(name);
        byte[] before = bench.Read(flash, 16);
        Assert.Equal("33534B31123456789ABCDEF000000F1A\n", bench.Monitor("uid"));
        Assert.Equal(before, bench.Read(flash, 16));
    }

    [Fact]
    public void An_EFM32s_id_and_lock_words()
    {
        var bench = New("efm32gg");
        Assert.Equal("000B57FFFE123456\n", bench.Monitor("uid"));
        Assert.StartsWith("!refused", bench.Monitor("option 0x0FE041FC 0xFFFFFFF0"));
        Assert.StartsWith("written", bench.Monitor("option 0x0FE041F8 0xFFFFFFFE"));
        Assert.Equal([0xFE, 0xFF, 0xFF, 0xFF], bench.Read(0x0FE0_41F8, 4));
    }

    [Theory]
    [InlineData("efm32gg", "EFM32GG230F1024", "1024/4096 128")]
    [InlineData("efm32hg", "EFM32HG322F64", "64/1024 8")]
    [InlineData("efr32mg12", "EFR32MG12P432F1024", "1024/2048 256")]
    [InlineData("efr32mg22", "EFR32MG22C224F512", "512/8192 32")]
    public void Geckos_are_named_by_their_information_page(string name, string part, string memories)
    {
        var bench = New(name);
        var regions = bench.Core.Map.Regions.ToArray().Select(r => $"{r.Length / 1024}{(r.IsFlash ? $"/{r.Block}" : "")}");
        Assert.Equal((part, memories), (System.Text.Encoding.ASCII.GetString(bench.Core.Driver), string.Join(' ', regions)));
    }

    /// <summary>Each word comes too late for the sequence of the one before.</summary>
    [Theory]
    [InlineData("efm32gg")]
    [InlineData("efr32mg12")]
    [InlineData("efr32mg22")]
    public void Words_on_a_slow_wire_begin_a_sequence_each(string name)
    {
        var bench = New(name);
        bench.Session.Access.Frequency = 500_000;
        byte[] data = Noise(512);
        Succeeds(bench.Core.FlashErase(0x8000, 512));
        Succeeds(bench.Core.FlashDone());
        double start = bench.Milliseconds;
        Succeeds(bench.Core.FlashWrite(0x8000, data));
        Succeeds(bench.Core.FlashDone());
        Assert.True(bench.Milliseconds - start > 128 * 0.1);
        Assert.Equal(data, bench.Read(0x8000, data.Length));
        Assert.Null(bench.Target.Stopped);
    }

    [Theory]
    [InlineData("efm32gg")]
    [InlineData("efr32mg12")]
    [InlineData("efr32mg22")]
    public void A_reset_between_two_writes_is_told_and_the_next_load_is_good(string name)
    {
        var bench = New(name);
        byte[] data = Noise(512);
        Succeeds(bench.Core.FlashErase(0x8000, 512));
        Succeeds(bench.Core.FlashWrite(0x8000, data.AsSpan(0, 256)));
        Succeeds(bench.Core.FlashDone());
        Succeeds(bench.Core.FlashErase(0x8000, 512));
        Succeeds(bench.Core.FlashWrite(0x8000, data.AsSpan(0, 256)));
        for (int i = 0; i < 300; i++) bench.Core.Work();
        bench.Target.SystemReset();
        DebugFault fault = bench.Core.FlashWrite(0x8100, data.AsSpan(256));
        DebugFault done = bench.Core.FlashDone();
        Assert.True(fault.Failed || done.Failed);
        Succeeds(bench.Core.Reset());
        Load(bench, 0x8000, data);
        Assert.Equal(data, bench.Read(0x8000, data.Length));
    }

    [Fact]
    public void Series_2_has_its_id_elsewhere_and_no_lock_words()
    {
        var bench = New("efr32mg22");
        Assert.Equal("588E81FFFE654321\n", bench.Monitor("uid"));
        Assert.StartsWith("!not supported", bench.Monitor("option show"));
    }

    [Fact]
    public void A_core_kept_in_reset_by_cold_plugging_is_let_go()
    {
        var bench = BenchTarget.Of("samd21");
        var program = PlainProgram.Of("samd21");
        bench.Target.Load(program.Image(0x200), 0);
        var dsu = ((SamTarget)bench.Target).Sam.Dsu;
        dsu.ExtendReset();
        bench.Attached();
        Assert.False(dsu.ExtendsReset);
    }

    // Who is who

    private const uint M0 = 0x410C_C601, M3 = 0x412F_C230, M4 = 0x410F_C241, M7 = 0x410F_C271;

    private static string Describe(FakeCore core)
    {
        Succeeds(core.Session.Scan(0));
        var regions = core.Core.Map.Regions.ToArray().Select(r => $"{r.Length / 1024}{(r.IsFlash ? $"/{r.Block}" : "")}");
        return $"{System.Text.Encoding.ASCII.GetString(core.Core.Driver)}: {string.Join(' ', regions)}";
    }

    [Theory]
    [InlineData(M0, 0x1001_0305u, 0x0003_1000u, "SAMD21G18A: 256/256 32")]
    [InlineData(M0, 0x1001_030Du, 0x0003_0200u, "SAMD21E15A: 32/256 4")]
    [InlineData(M0, 0x1001_1326u, 0x0003_0400u, "SAMD21 DEVSEL 0x26: 64/256 8")]
    [InlineData(M0, 0x1002_0000u, 0x0003_0100u, "SAMD10D14A: 16/256 2")]
    [InlineData(M0, 0x1081_021Au, 0x0003_0800u, "SAML21E17B: 128/256 16")]
    [InlineData(M0, 0x1101_0105u, 0x0003_1000u, "SAMC21G18A: 256/256 32")]
    [InlineData(M4, 0x6006_0305u, 0x0006_0400u, "SAMD51J19A: 512/8192 192")]
    [InlineData(M4, 0x6184_0300u, 0x0006_0800u, "SAME54P20A: 1024/8192 256")]
    [InlineData(M4, 0x6181_0303u, 0x0006_0200u, "SAME51J18A: 256/8192 128")]
    [InlineData(M0, 0x1030_0000u, 0x0003_1000u, "unknown part 0xCD0, designer 0x01F: ")]
    public void Parts_with_a_DSU_are_known(uint cpuid, uint did, uint param, string expected)
    {
        var core = new FakeCore(cpuid) { DesignerIs = 0x1F, PartIs = 0xCD0 };
        core[0x4100_2118] = did;
        core[0x4100_4008] = param;
        Assert.Equal(expected, Describe(core));
    }

    [Theory]
    [InlineData(M3, 0x400E_0740u, 0x28AA_0760u, "SAM3S2C: 128/256 32")]
    [InlineData(M3, 0x400E_0740u, 0x2954_0960u, "SAM3N4C: 256/256 24")]
    [InlineData(M3, 0x400E_0740u, 0x2810_0961u, "SAM3U4E: 128/256 128/256 48")]
    [InlineData(M3, 0x400E_0940u, 0x285E_0A60u, "SAM3X8E: 256/256 256/256 64")]
    [InlineData(M3, 0x400E_0940u, 0x283B_0960u, "SAM3A4C: 128/256 128/256 32")]
    [InlineData(M4, 0x400E_0740u, 0x289C_0CE0u, "SAM4S16B: 1024/8192 128")]
    [InlineData(M4, 0x400E_0740u, 0x29A7_0EE0u, "SAM4SD32C: 1024/8192 1024/8192 160")]
    [InlineData(M4, 0x400E_0740u, 0xA3CC_0CE0u, "SAM4E 1024 KB: 1024/8192 128")]
    [InlineData(M7, 0x400E_0940u, 0xA102_0E00u, "SAME70 2048 KB: 2048/8192 384")]
    [InlineData(M7, 0x400E_0940u, 0xA12D_0A00u, "SAMV71 512 KB: 512/8192 256")]
    public void Parts_with_a_CHIPID_are_known(uint cpuid, uint address, uint cidr, string expected)
    {
        var core = new FakeCore(cpuid) { DesignerIs = 0x23B, PartIs = 0x4C4 };
        core[address] = cidr;
        Assert.Equal(expected, Describe(core));
    }

    [Theory]
    [InlineData(0x1F48_00E6u, 0x0080_0400u, 0u, "EFM32GG230F1024: 1024/4096 128")]     // the page size of this revision counts
    [InlineData(0x0448_03E6u, 0x0020_0100u, 0u, "EFM32GG998F256: 256/2048 32")]
    [InlineData(0x024D_0142u, 0x0008_0040u, 0u, "EFM32HG322F64: 64/1024 8")]
    [InlineData(0x0547_037Au, 0x0010_0080u, 0u, "EFM32G890F128: 128/512 16")]
    [InlineData(0x031D_0084u, 0x0100_0400u, 0x0100_0000u, "EFR32MG12B132F1024: 1024/2048 256")]
    [InlineData(0x03C8_0084u, 0x0100_0400u, 0x0100_0000u, "unknown part 0x0C4, designer 0x373: ")]
    public void EFM32_and_EFR32_are_known(uint part, uint sizes, uint page, string expected)
    {
        var core = new FakeCore(M3) { DesignerIs = 0x373, PartIs = 0x0C4 };
        core[0x0FE0_81FC] = part;
        core[0x0FE0_81F8] = sizes;
        core[0x0FE0_81E4] = page == 0 ? 0x0200_0000 : page;
        Assert.Equal(expected, Describe(core));
    }

    [Theory]
    [InlineData(0x0115_000Au, 0x0060_0400u, "EFR32MG21A010F1024: 1024/8192 96", 0u)]
    [InlineData(0x0216_08B0u, 0x0020_0200u, "EFR32BG22C224F512: 512/8192 32", 0u)]
    [InlineData(0x0118_04BAu, 0x0100_0600u, "EFR32MG24B210F1536: 1536/8192 256", 0x0800_0000u)]
    [InlineData(0x0114_0001u, 0x0060_0400u, "unknown part 0x0C5, designer 0x122: ", 0u)]
    [InlineData(0x0916_08B0u, 0x0020_0200u, "unknown part 0x0C5, designer 0x122: ", 0u)]
    public void EFR32_of_series_2_are_known(uint part, uint sizes, string expected, uint flash)
    {
        var core = new FakeCore(0x410F_D214) { DesignerIs = 2 << 7 | 0x22, PartIs = 0x0C5 };
        core[0x0FE0_8004] = part;
        core[0x0FE0_8008] = 3;
        core[0x0FE0_800C] = sizes;
        Assert.Equal(expected, Describe(core));
        if (core.Core.Map.TryFindFlash(flash, out var region)) Assert.Equal(flash, region.Start);
    }
}
