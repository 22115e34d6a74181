using System.Runtime.CompilerServices;
using System.Text;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Hosting;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Trace;

/// <summary>A simulated STM32F103 whose program traces in the Manchester form; a real gdb; the probe's own firmware. Its text comes out of the UART's port.</summary>
public class TargetTests(ITestOutputHelper output)
{
    [CompilerFact]
    public void What_a_program_traces_in_the_Manchester_form_is_read_byte_for_byte()
    {
        using var folder = new TestFolder();
        string elf = folder.File("swo.elf");
        Child compiled = Child.Run(60, "arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb", "-O2", "-g", "-nostdlib", "-ffreestanding", "-Wl,--section-start=.vectors=0x08000000,-Ttext=0x08000010,-e,start", Source(), "-o", elf);
        Assert.True(compiled.Code == 0, compiled.Text);
        using var rig = new ProbeRig("stlinkv3mini", "stm32f103-clone");
        rig.Start();
        using var gdb = new GdbProcess(elf, TimeSpan.FromSeconds(120));
        foreach (string command in new[] { $"target extended-remote {rig.GdbAddress}", "monitor frequency 20M", "monitor swd_scan", "attach 1", "load", "monitor reset" }) gdb.Say(command);
        CdcPort port = null!;
        rig.Paused(() =>
        {
            port = rig.Host.Cdc("Black Magic UART Port");
            port.Open();
        });
        Assert.Contains("Manchester, channels 0", gdb.Say("monitor traceswo manchester 0"));
        gdb.Send("continue");
        string expected = string.Concat(Enumerable.Range(0, 400).Select(i => $"line {i:x4}\n"));
        var got = new List<byte>();
        SpinWait.SpinUntil(() => Take(rig, port, got) >= expected.Length, TimeSpan.FromSeconds(60));
        gdb.Interrupt();
        gdb.Answer("continue");
        string said = gdb.Say("monitor traceswo");
        output.WriteLine(said);
        Assert.Equal(expected, Encoding.ASCII.GetString([.. got]));
        Assert.Matches("SWO: (199|200)[0-9]{4} baud, Manchester, channels 0, 8000 bytes received, 0 lost here, 0 overflows of the target, 0 line errors, 0 not understood", said);
        Assert.Null(rig.Trouble);
    }

    private static long Take(ProbeRig rig, CdcPort port, List<byte> to)
    {
        rig.Paused(() => to.AddRange(port.ReadAll()));
        Thread.Sleep(5);
        return to.Count;
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "programs", "swo.c");
}
