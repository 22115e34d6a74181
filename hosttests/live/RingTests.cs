using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Hosting;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Live;

/// <summary>A program in a simulated STM32F103 that fills a ring of its own; a real gdb; the probe's own firmware. While it runs, its words come out of the UART's port, and a variable that changes is told on gdb's console.</summary>
public class RingTests(ITestOutputHelper output)
{
    [CompilerFact]
    public void While_the_program_runs_its_ring_is_drained_and_its_variables_are_told()
    {
        using var folder = new TestFolder();
        string elf = folder.File("ring.elf");
        Child compiled = Child.Run(60, "arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb", "-O2", "-g", "-nostdlib", "-ffreestanding", "-Wl,-Tdata=0x20000000,-Tbss=0x20000100,--section-start=.vectors=0x08000000,-Ttext=0x08000010,-e,start", Source(), "-o", elf);
        Assert.True(compiled.Code == 0, compiled.Text);
        using var rig = new ProbeRig("stlinkv3mini", "stm32f103-clone");
        rig.Start();
        using var gdb = new GdbProcess(elf, TimeSpan.FromSeconds(120));
        foreach (string command in new[] { $"target extended-remote {rig.GdbAddress}", "monitor frequency 20M", "monitor swd_scan", "attach 1", "load", "monitor reset", "set var head = 0", "set var tail = 0" }) gdb.Say(command);
        CdcPort port = null!;
        rig.Paused(() =>
        {
            port = rig.Host.Cdc("Black Magic UART Port");
            port.Open();
        });
        Assert.Contains("tracebuf: 4096 bytes", gdb.Say("eval \"monitor tracebuf %p %d %p %p\", ring, sizeof ring, &head, &tail"));
        gdb.Say("eval \"monitor watch %p 5\", &rounds");
        Assert.Contains(",1, every 5 ms", gdb.Say("eval \"monitor watch %p,1\", &letter"));
        var got = new List<byte>();
        gdb.Send("continue");
        Assert.True(SpinWait.SpinUntil(() => Take(rig, port, got) > 100_000, TimeSpan.FromSeconds(60)), $"only {got.Count} bytes came");
        gdb.Interrupt();
        string said = gdb.Answer("continue");
        Take(rig, port, got);
        byte[] bytes = [.. got];
        for (int i = 0; i + 4 <= bytes.Length; i += 4) Assert.Equal((uint)i / 4, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i)));
        output.WriteLine($"{bytes.Length} bytes in order\n{said}");
        Assert.Matches("0x200[0-9A-F]{5}: 0000000[0-9A-F] -> 0000000[0-9A-F]", said);
        Assert.Matches("0x200[0-9A-F]{5}: 6[0-9A-F] -> 6[0-9A-F]", said);
        Assert.Contains("offsets that were none: 0", gdb.Say("monitor tracebuf"));
        Assert.Matches("0x20000[0-9A-F]{3}: [0-9A-F]{8} [0-9A-F]{8}", gdb.Say("eval \"monitor mdw %p 2\", &head"));
        Assert.Null(rig.Trouble);
    }

    private static long Take(ProbeRig rig, CdcPort port, List<byte> to)
    {
        rig.Paused(() => to.AddRange(port.ReadAll()));
        Thread.Sleep(5);
        return to.Count;
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "programs", "ring.c");
}
