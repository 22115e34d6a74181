using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Targets;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>A simulated nRF51822, judged by OpenOCD's and pyOCD's own drivers, in a Linux computer, through the probe.</summary>
[Collection(VendorGuestCollection.Name)]
public sealed class Nrf51Tests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const string Board = "stlinkv3mini";
    private const uint Start = 0x100, Ram = 0x2000_1000;
    private const int Size = 8 * 1024;

    [GuestFact, Accepts(ForeignDriver.OpenOcd, Nrf51822.TargetName)] public void OpenOcds_own_driver_erases_programs_and_verifies_it() => WithProgram(probe =>
    {
        string said = OpenOcd.Reprogram("nrf51", Guest, output.WriteLine, "usb_bulk", 0, Image(Size),
            ["reset halt", "reg pc", "step", "reg pc", "flash probe 0", "flash probe 1", "flash fillw 0x10001080 0x600dcafe 1", "mdw 0x10001080", "nrf5 mass_erase", "mdw 0x10001080", "mdw 0x100"], ["reset run"]);
        foreach (string text in new[] { "nRF51822-QFAA(build code: H0) 256kB Flash, 16kB RAM", "flash 'nrf51' found at 0x00000000", "0x10001080: 600dcafe", "0x10001080: ffffffff", "0x00000100: ffffffff" }) Assert.Contains(text, said);
    });

    [GuestFact, Accepts(ForeignDriver.PyOcd, Nrf51822.TargetName)] public void PyOcds_own_algorithm_programs_it() => WithProgram(probe =>
    {
        byte[] bytes = Image(Size / 2);
        string file = Guest.Send("flash.bin", bytes);
        var run = Guest.Run($"pyocd-flashtool -t nrf51 -f 4000000 -hp -se -a 0 {file}", 120);
        output.WriteLine($"{run.Took.TotalSeconds:F1} s\n{run.Text}");
        Assert.Equal("", string.Join("\n", run.Good.Split('\n').Where(line => Regex.IsMatch(line, "^(ERROR|CRITICAL|WARNING|Traceback)|Error:"))));
        Assert.Equal(bytes, probe.Bench(() => probe.Target.Chip.Bus.Find(0)!.Region!.Span[..bytes.Length].ToArray()));
    });

    /// <summary>A program that counts in r2 for ever; random bytes behind it.</summary>
    private static byte[] Image(int size)
    {
        byte[] image = new byte[size];
        new Random(size).NextBytes(image);
        image.AsSpan(0, 0x200).Clear();
        BitConverter.TryWriteBytes(image, Ram);
        for (int n = 1; n < 48; n++) BitConverter.TryWriteBytes(image.AsSpan(n * 4), Start | 1);
        // MOVS r2, #0; ADDS r2, #1; B .-2
        ushort[] code = [0x2200, 0x3201, 0xE7FD];
        for (int i = 0; i < code.Length; i++) BitConverter.TryWriteBytes(image.AsSpan((int)Start + i * 2), code[i]);
        return image;
    }

    private void WithProgram(Action<GuestProbe> test, [CallerMemberName] string name = "") => With(Board, probe =>
    {
        probe.Bench(() => probe.Target.Load(Image(0x200), 0));
        test(probe);
    }, target: Nrf51822.TargetName, name: name);
}
