using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Tests.Targets.Sam;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>Simulated likenesses of the STM32F1, F0 and F4, judged by OpenOCD's flash drivers in a Linux computer, through the probe. It knows no AT32, and takes a GD32F303 for an STM32F3.</summary>
[Collection(GuestCollection.Name)]
public sealed class LikenessTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    /// <summary>Target, its file in OpenOCD's target/, what the driver says it found, its name, and bytes that are a whole number of pages or sectors.</summary>
    public static TheoryData<string, string, string, string, int> Rows => new()
    {
        { "gd32f103", "stm32f1x", "device id = 0x13030410", "stm32f1x", 4 * 1024 },
        { "ch32f103", "stm32f1x", "device id = 0x20004410", "stm32f1x", 8 * 1024 },
        { "gd32e230", "gd32e23x", "device id = 0x10000410", "stm32f1x", 8 * 1024 },
        { "gd32f407", "stm32f4x", "device id = 0x16080413", "stm32f2x", 16 * 1024 },
    };

    [GuestTheory, MemberData(nameof(Rows)), Accepts(ForeignDriver.OpenOcd)]
    public void OpenOcds_own_driver_erases_programs_and_verifies_it(string name, string file, string found, string driver, int size) => With(name, program =>
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

    private void With(string name, Action<PlainProgram> test, [CallerMemberName] string method = "") => With("stlinkv3mini", probe =>
    {
        var program = new PlainProgram(name, 0x0800_0000, 0x2000_0000);
        // An empty chip locks up, which OpenOCD calls an error.
        probe.Bench(() => probe.Target.Load(program.Image(0x200), program.Flash));
        test(program);
    }, target: name, name: $"{method}-{name}");
}
