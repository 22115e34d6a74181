using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using Xunit.Abstractions;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Parts;

/// <summary>nRF52 through the firmware's own driver: identification, NVMC, UICR, APPROTECT and what opens it.</summary>
public class NordicTests(ITestOutputHelper output)
{
    private const uint Uicr = 0x1000_1000, Approtect = Uicr + 0x208;

    private static PartBench Locked(uint code = uint.MaxValue, uint revision = uint.MaxValue) => new("nrf52832", target =>
    {
        ((Nrf52832)target).Part.SetUicr(0x208, 0xFFFF_FF00);
        Harden(target, code, revision);
        target.SystemReset();
    });

    private static void Harden(SimTarget target, uint code, uint revision)
    {
        Span<byte> ficr = target.Chip.Bus.Find(0x1000_0000)!.Region!.Span;
        BitConverter.TryWriteBytes(ficr[0x130..], code);
        BitConverter.TryWriteBytes(ficr[0x134..], revision);
    }

    [Fact] public void It_is_named_by_FICR_with_its_memories()
    {
        var bench = new PartBench("nrf52832").Attached();
        Assert.Equal("nRF52832 AAE0", System.Text.Encoding.ASCII.GetString(bench.Core.Driver));
        Assert.Equal("nRF52832 AAE0, 524288 bytes in pages of 4096, 1024 bytes in pages of 1024, RAM 65536 bytes\n", bench.Monitor("read deviceinfo"));
    }

    [Fact] public void It_tells_its_ids()
    {
        var bench = new PartBench("nrf52832").Attached();
        Assert.Equal("Device ID: 0xC0DE12345A310F27\n", bench.Monitor("read deviceid"));
        Assert.Equal("Random address: 0xD1E66B293F51\n", bench.Monitor("read deviceaddr"));
        Assert.Equal("C0DE12345A310F27\n", bench.Monitor("uid"));
        Assert.StartsWith("!", bench.Monitor("read nonsense"));
    }

    [Fact] public void Loading_goes_at_the_flashs_own_speed()
    {
        var bench = new PartBench("nrf52832").Attached();
        byte[] data = PartBench.Noise(8192);
        double start = bench.Milliseconds;
        Succeeds(bench.Load(0x2000, data));
        double took = bench.Milliseconds - start, limit = 2 * 89.7 + 2048 * 0.0675;
        output.WriteLine($"{took:F1} ms; the flash alone takes {limit:F1}");
        Assert.Equal(data, bench.Read(0x2000, data.Length));
        Assert.InRange(took, limit, limit * 1.08);
    }

    [Fact] public void Programming_what_is_not_erased_is_told_with_its_address()
    {
        var bench = new PartBench("nrf52832").Attached();
        Succeeds(bench.Load(0x3000, [1, 2, 3, 4]));
        Assert.Equal("flash not erased at 0x00003000", Words(bench.Load(0x3000, [0xFE, 2, 3, 4], erase: false)));
    }

    [Fact] public void A_mass_erase_takes_UICR_too()
    {
        var bench = new PartBench("nrf52832").Attached();
        Succeeds(bench.Load(0, PartBench.Noise(64)));
        Succeeds(bench.Load(Uicr + 0x80, [1, 2, 3, 4]));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal((uint.MaxValue, uint.MaxValue), (bench.Word(0), bench.Word(Uicr + 0x80)));
    }

    [Fact] public void UICR_is_written_and_erased_alone()
    {
        var bench = new PartBench("nrf52832").Attached();
        Succeeds(bench.Load(0x1000, [1, 2, 3, 4]));
        Succeeds(bench.Load(Uicr + 0x80, [5, 6, 7, 8]));
        Assert.Equal(0x0807_0605u, bench.Word(Uicr + 0x80));
        Assert.Equal("", bench.Monitor("erase_uicr"));
        Assert.Equal((0x0403_0201u, uint.MaxValue), (bench.Word(0x1000), bench.Word(Uicr + 0x80)));
    }

    [Fact] public void An_image_that_would_lock_the_part_is_refused()
    {
        var bench = new PartBench("nrf52832").Attached();
        Assert.Contains("would lock the part", Words(bench.Load(Approtect, [0, 0xFF, 0xFF, 0xFF])));
        Assert.Equal(uint.MaxValue, bench.Word(Approtect));
    }

    [Fact] public void A_later_revision_is_kept_open_where_UICR_is_erased()
    {
        var bench = new PartBench("nrf52832", target => Harden(target, 6, 7)).Attached();
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal(0xFFFF_FF5Au, bench.Word(Approtect));
        Assert.Equal("", bench.Monitor("erase_uicr"));
        Assert.Equal(0xFFFF_FF5Au, bench.Word(Approtect));
    }

    [Fact] public void A_locked_part_is_listed_cannot_be_attached_to_and_is_recovered()
    {
        var bench = Locked();
        string scan = bench.Monitor("swd_scan");
        Assert.Contains(" 1      nRF52 locked by APPROTECT (monitor recover)", scan);
        Assert.Equal(FaultKind.NeedsRecovery, bench.Session.Attach(0).Kind);
        string recovered = bench.Monitor("recover");
        Assert.Contains("nRF52832 AAE0 M4", recovered);
        Succeeds(bench.Session.Attach(0));
        Assert.Equal((uint.MaxValue, uint.MaxValue), (bench.Word(0), bench.Word(Approtect)));
    }

    [Fact] public void A_later_revision_stays_open_after_recovery()
    {
        var bench = Locked(6, 7);
        bench.Monitor("swd_scan");
        Assert.Contains("nRF52832 AAE0 M4", bench.Monitor("recover"));
        Succeeds(bench.Session.Attach(0));
        Assert.Equal(0xFFFF_FF5Au, bench.Word(Approtect));
    }

    [Fact] public void Locking_is_done_when_asked_for_by_name()
    {
        var bench = new PartBench("nrf52832").Attached();
        Assert.Equal("", bench.Monitor("protect_flash"));
        Assert.Equal(0xFFFF_FF00u, bench.Word(Approtect));
    }

    [Fact] public void Recovering_a_chip_without_such_a_port_says_so()
    {
        var bench = new PartBench("stm32f103");
        bench.Monitor("swd_scan");
        Assert.StartsWith("!not supported", bench.Monitor("recover"));
    }

    [Fact] public void An_nRF51_is_named_by_its_HWID_and_programmed()
    {
        var bench = new PartBench("nrf51822").Attached();
        Assert.Equal("nRF51822 QFAA, 262144 bytes in pages of 1024, 256 bytes in pages of 256, RAM 16384 bytes\n", bench.Monitor("read deviceinfo"));
        Assert.Equal("Hardware ID: 0x0072\n", bench.Monitor("read hwid"));
        byte[] data = PartBench.Noise(4096);
        double start = bench.Milliseconds;
        Succeeds(bench.Load(0x400, data));
        double took = bench.Milliseconds - start, limit = 4 * 22.3 + 1024 * 0.0463;
        output.WriteLine($"{took:F1} ms; the flash alone takes {limit:F1}");
        Assert.InRange(took, limit, limit * 1.08);
        Assert.Equal(data, bench.Read(0x400, data.Length));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal(uint.MaxValue, bench.Word(0x400));
    }

    [Fact] public void UICR_of_an_nRF51_is_written_once_and_erased_with_everything()
    {
        var bench = new PartBench("nrf51822").Attached();
        Succeeds(bench.Load(Uicr + 0x80, [5, 6, 7, 8]));
        Assert.Equal("!flash not erased at 0x10001080\n", bench.Monitor("erase_uicr"));
        Assert.Contains("would lock the part", Words(bench.Load(Uicr + 4, [0xFF, 0, 0xFF, 0xFF], erase: false)));
        Assert.Equal("", bench.Monitor("erase_mass"));
        Assert.Equal(uint.MaxValue, bench.Word(Uicr + 0x80));
    }

    [Fact] public void Nonsense_in_FICR_is_an_unknown_part()
    {
        var bench = new PartBench("nrf52832", target => BitConverter.TryWriteBytes(target.Chip.Bus.Find(0x1000_0000)!.Region!.Span[0x10..], 0x1234));
        Assert.Contains("unknown part 0x006, designer 0x144", bench.Monitor("swd_scan"));
    }
}
