using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Targets.Sam;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>Simulated SAM and EFM32 parts, judged by OpenOCD's own flash drivers in a Linux computer, through the probe.</summary>
[Collection(GuestCollection.Name)]
public sealed class SamAndEfm32Tests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";

    /// <summary>Target, its file in OpenOCD's target/, the driver and what it says it found, bytes that are a whole number of its sectors.</summary>
    public static TheoryData<string, string, string, string, int> Rows => new()
    {
        { "samd21", "at91samdXX", "at91samd", "SAMD MCU: SAMD21G18A (256KB Flash, 32KB RAM)", 8 * 1024 },
        { "same54", "atsame5x", "atsame5", "SAM MCU: SAME54P20A (1024KB Flash, 256KB RAM)", 16 * 1024 },
        { "sam4s", "at91sam4sXX", "at91sam4", "", 16 * 1024 },
        { "sam3x", "at91sam3ax_8x", "at91sam3", "", 16 * 1024 },
        { "same70", "atsamv", "atsamv", "device id = 0xa10d0a00", 32 * 1024 },
        { "efm32gg", "efm32", "efm32", "detected part: EFM32GG Giant Gecko, rev 31", 8 * 1024 },
        { "efm32hg", "efm32", "efm32", "detected part: EFM32HG Happy Gecko, rev 4", 8 * 1024 },
        { "efr32mg12", "efm32", "efm32", "detected part: EFR32MG2P Mighty Gecko, rev 2", 8 * 1024 },
    };

    [GuestTheory, MemberData(nameof(Rows)), Accepts(ForeignDriver.OpenOcd)]
    public void OpenOcds_own_driver_erases_programs_and_verifies_it(string name, string file, string driver, string found, int size) => With(name, program =>
    {
        byte[] bytes = program.Image(size);
        string image = Guest.Send("flash.bin", bytes);
        string said = OpenOcd.SessionFor(file, Guest, output.WriteLine, "usb_bulk", ["reset halt", "flash probe 0", $"flash write_image erase {image} {program.Flash} bin", $"verify_image {image} {program.Flash} bin",
            $"dump_image /exchange/back.bin {program.Flash} {size}", "reset halt", "step", "reg pc", "reset run"]);
        Assert.Contains(found, said);
        Assert.Contains($"flash '{driver}' found at 0x{program.Flash:x8}", said);
        Assert.Contains($"wrote {size} bytes", said);
        Assert.Contains($"verified {size} bytes", said);
        Assert.Contains($"pc (/32): 0x{program.Start + 2:x8}", said);
        Assert.Equal(bytes, Guest.Receive("back.bin"));
    });

    private void With(string name, Action<PlainProgram> test, [CallerMemberName] string method = "") => With(Board, probe =>
    {
        var program = PlainProgram.Of(name);
        // An empty chip locks up, which OpenOCD calls an error.
        probe.Bench(() => probe.Target.Load(program.Image(0x200), program.Flash));
        test(program);
    }, target: name, name: $"{method}-{name}");
}
