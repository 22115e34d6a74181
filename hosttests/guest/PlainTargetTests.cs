using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Targets.Sam;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>Simulated SAM and EFM32 parts and likenesses of the STM32F1, F0 and F4, judged by OpenOCD's own flash drivers in a Linux computer, through the probe. It knows no AT32, and takes a GD32F303 for an STM32F3.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class PlainTargetTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";

    /// <summary>Target, its file in OpenOCD's target/, the driver and what it says it found, bytes that are a whole number of its sectors.</summary>
    public static TheoryData<string, string, string, string, int> Rows => new()
    {
        { "gd32f103", "stm32f1x", "stm32f1x", "device id = 0x13030410", 4 * 1024 },
        { "ch32f103", "stm32f1x", "stm32f1x", "device id = 0x20004410", 8 * 1024 },
        { "gd32e230", "gd32e23x", "stm32f1x", "device id = 0x10000410", 8 * 1024 },
        { "gd32f407", "stm32f4x", "stm32f2x", "device id = 0x16080413", 16 * 1024 },
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
        string said = OpenOcd.Reprogram(file, Guest, output.WriteLine, "usb_bulk", program.Flash, program.Image(size), ["reset halt"], ["reset halt", "step", "reg pc", "reset run"]);
        Assert.Contains(found, said);
        Assert.Contains($"flash '{driver}' found at 0x{program.Flash:x8}", said);
        Assert.Contains($"pc (/32): 0x{program.Start + 2:x8}", said);
    });

    private void With(string name, Action<PlainProgram> test, [CallerMemberName] string method = "") => With(Board, probe =>
    {
        var program = PlainProgram.Of(name);
        // An empty chip locks up, which OpenOCD calls an error.
        probe.Bench(() => probe.Target.Load(program.Image(0x200), program.Flash));
        test(program);
    }, target: name, name: $"{method}-{name}");
}
