using System.Text;
using SharpProbe.Sim.Targets;
using SharpProbe.Tests.Targets.Nxp;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>Kinetis through the firmware's own driver: identification, long words and sections, the security byte, the MDM-AP.</summary>
public class KinetisTests(ITestOutputHelper output)
{
    private const uint Security = 0x40C;

    private static uint SecurityOf(string name) => (uint)NxpImage.SecurityOf(name);

    /// <summary>One of each flash module.</summary>
    public static TheoryData<string> Parts => ["mkl25z128", "mk64fn1m0", "mke06z128", "mke02z64", "s32k144"];

    private static PartBench Bench(string name, Action<byte[]>? change = null) => new(name, target =>
    {
        byte[] image = NxpImage.Of(0x1000, target: name);
        change?.Invoke(image);
        target.Load(image, 0);
    });

    [Theory]
    [InlineData("mkl25z128", "MKL25Z 128 KB", 0x1FFF_F000u, 16u)]
    [InlineData("mk64fn1m0", "MK64F 1024 KB", 0x1FFF_0000u, 256u)]
    [InlineData("mke06z128", "MKE06Z 128 KB", 0x1FFF_F000u, 16u)]
    [InlineData("mke02z64", "MKE02Z 64 KB", 0x1FFF_FC00u, 4u)]
    [InlineData("s32k144", "S32K144", 0x1FFF_8000u, 60u)]
    [InlineData("mke18f512", "MKE18F 512 KB", 0x1FFF_8000u, 64u)]
    public void It_is_named_by_SDID_with_its_memories(string name, string words, uint ram, uint kilobytes)
    {
        var bench = Bench(name).Attached();
        Assert.Equal(words, Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal((ram, kilobytes * 1024), (bench.Core.Memories[1].Start, bench.Core.Memories[1].Length));
    }

    [Theory]
    [InlineData("mkl25z128", 8192, 8 * 14 + 2048 * 0.065, 1.3)]
    [InlineData("mk64fn1m0", 16384, 4 * 15 + 2048 * 0.039, 1.25)]
    [InlineData("s32k144", 16384, 4 * 12 + 2048 * 0.039, 1.25)]
    [InlineData("mke06z128", 4096, 8 * 20.05 + 512 * 0.21, 1.5)]
    [InlineData("mke02z64", 4096, 8 * 20.05 + 512 * 0.21, 1.5)]
    public void Loading_goes_nearly_at_the_flashs_own_speed(string name, int length, double limit, double share)
    {
        var bench = Bench(name).Attached();
        byte[] data = PartBench.Noise(length);
        double start = bench.Milliseconds;
        Succeeds(bench.Load(0x4000, data));
        double took = bench.Milliseconds - start;
        output.WriteLine($"{name}: {length / took:F1} KB/s; the flash alone allows {length / limit:F1}");
        Assert.Equal(data, bench.Read(0x4000, data.Length));
        Assert.InRange(took, limit, limit * share);
    }

    [Theory, MemberData(nameof(Parts))]
    public void An_image_that_says_nothing_of_security_leaves_the_part_open(string name)
    {
        var bench = Bench(name).Attached();
        Succeeds(bench.Load(0, PartBench.Noise(0x400)));
        Succeeds(bench.Load(0x400, [1, 2, 3, 4, 5, 6, 7, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 17, 18, 19, 20]));
        Assert.Equal(0xFE, bench.Read(SecurityOf(name), 1)[0]);
        Assert.Equal(17, bench.Read(0x410, 1)[0]);
        bench.Target.SystemReset();
        Assert.True(bench.Target.Enabled);
        Assert.Equal("", bench.Monitor("erase_mass"));
        bench.Target.SystemReset();
        Assert.True(bench.Target.Enabled);
    }

    [Theory, MemberData(nameof(Parts))]
    public void A_security_byte_that_closes_the_part_is_refused_until_the_user_allows_it(string name)
    {
        var bench = Bench(name).Attached();
        byte[] image = NxpImage.Of(0x1000, target: name);
        image[SecurityOf(name)] = 0xFC;
        Assert.Contains("would lock the part", Words(bench.Load(0, image)));
        bench.Target.SystemReset();
        Assert.True(bench.Target.Enabled);
        bench = Bench(name).Attached();
        Assert.Equal("unsafe: enabled until detach\n", bench.Monitor("unsafe enable"));
        Succeeds(bench.Load(0, image));
        bench.Target.SystemReset();
        Assert.False(bench.Target.Enabled);
    }

    [Theory]
    [InlineData("mkl25z128", 0x408, 0xFD)]
    [InlineData("mke06z128", 0x40D, 0xFA)]         // FPLS: 8 KB from 0 on
    public void What_is_protected_or_not_erased_is_told_with_its_address(string name, int at, byte protection)
    {
        var bench = Bench(name, image => image[at] = protection).Attached();
        Assert.Equal("flash write-protected at 0x00001000", Words(bench.Load(0x1000, [1, 2, 3, 4])));
        Succeeds(bench.Load(0x2000, [1, 2, 3, 4]));
        Assert.Equal("flash not erased at 0x00002000", Words(bench.Load(0x2000, [0xFE, 2, 3, 4], erase: false)));
        Succeeds(bench.Load(0x2008, [1, 2, 3, 4], erase: false));
    }

    [Theory, MemberData(nameof(Parts))]
    public void A_secured_part_is_a_line_in_the_list_and_recover_opens_it(string name)
    {
        var bench = Bench(name, image => image[SecurityOf(name)] = 0xFF);
        Assert.Contains("Kinetis, secured", bench.Monitor("swd_scan"));
        string said = bench.Monitor("recover");
        Assert.False(said.StartsWith('!'), said);
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(0xFE, bench.Read(SecurityOf(name), 1)[0]);
        Assert.Equal(uint.MaxValue, bench.Word(0));
    }

    [Theory]
    [InlineData(48_000_000, 0x00, 0x0100_0000u, 0x17)]
    [InlineData(6_000_000, 0x60, 0u, 0x05)]
    public void A_KE06_is_programmed_whatever_clock_its_program_has_made_and_whether_it_has_locked_the_flashs(int hertz, byte c2, uint divider, byte locked)
    {
        foreach (bool isLocked in (bool[])[false, true])
        {
            var bench = Bench("mke06z128").Attached();
            if (hertz > 24_000_000) Succeeds(bench.Core.Bus.Write32(0x4004_8024, divider));
            Succeeds(bench.Core.Bus.WriteSized(0x4006_4001, [c2], 1));
            Assert.Equal((ulong)hertz, bench.Target.Time.Hertz);
            Succeeds(bench.Core.Bus.WriteSized(0x4002_0003, [(byte)(locked | (isLocked ? 0x40 : 0))], 1));
            byte[] data = PartBench.Noise(512);
            Succeeds(bench.Load(0x4000, data));
            Assert.Equal(data, bench.Read(0x4000, data.Length));
        }
    }

    [Theory]
    [InlineData("mkl25z128", "000000325A314E4510270042")]
    [InlineData("mk64fn1m0", "00000000000000325A314E4510270042")]
    [InlineData("s32k144", "003200115A314E451027004247110815")]
    [InlineData("mke06z128", "0E93EACFB4629C8A5A314E45")]
    [InlineData("mke02z64", "B4629C8A5A314E45")]
    public void Its_unique_id_is_told_with_the_highest_word_first(string name, string id) => Assert.Equal(id + "\n", Bench(name).Attached().Monitor("uid"));

    [Fact] public void Without_mass_erase_a_secured_part_stays_closed_and_that_is_said()
    {
        var bench = Bench("mkl25z128", image => image[Security] = 0xEF);
        bench.Monitor("swd_scan");
        Assert.Equal("!target is read protected\n", bench.Monitor("recover"));
    }

    [Theory]
    [InlineData("mkl25z128", "MKL25Z 128 KB")]
    [InlineData("mke06z128", "MKE06Z 128 KB")]
    public void An_empty_part_that_resets_again_and_again_is_attached_to_and_loaded(string name, string words)
    {
        var bench = new PartBench(name, target =>
        {
            ((Kinetis)target).Part.Array.Span[(int)SecurityOf(name)] = 0xFE;
            target.SystemReset();
        });
        Succeeds(bench.Session.Scan(0));
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(words, Encoding.ASCII.GetString(bench.Core.Driver));
        byte[] image = NxpImage.Of(0x1000, target: name);
        Succeeds(bench.Load(0, image));
        Assert.Equal(image, bench.Read(0, image.Length));
    }
}
