using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Rtt;

/// <summary>A program that logs as fast as it is read, in a simulated STM32F103; a real gdb; the probe's own firmware. Numbered words come out of the UART's port.</summary>
public class DrainTests(ITestOutputHelper output)
{
    private const string Port = "Black Magic UART Port";

    [CompilerFact]
    public void While_the_program_runs_and_while_gdb_stops_and_steps_it_no_word_is_lost()
    {
        using var folder = new TestFolder();
        string elf = folder.File("log.elf");
        ArmC.Compile(elf, "-O2", "-nostdlib", "-ffreestanding", "-Wl,-Tdata=0x20000000,-Tbss=0x20000100,--section-start=.vectors=0x08000000,-Ttext=0x08000010,-e,start", Source());
        using var rig = new ProbeRig("stlinkv3mini", "stm32f103-clone");
        rig.Start();
        using var gdb = new GdbProcess(elf, TimeSpan.FromSeconds(120));
        foreach (string command in new[] { $"target extended-remote {rig.GdbAddress}", "monitor frequency 50M", "monitor swd_scan", "attach 1", "load", "monitor reset", "monitor rtt enable", "break every_1024 if rounds == 8" }) gdb.Say(command);
        CdcPort port = null!;
        rig.Paused(() =>
        {
            port = rig.Host.Cdc(Port);
            port.Open();
        });
        var got = new List<byte>();
        Assert.Contains("every_1024", gdb.Say("continue"));
        gdb.Say("delete");
        for (int i = 0; i < 5; i++) gdb.Say("next");
        Assert.Contains("control block 0x", gdb.Say("monitor rtt status"));
        Assert.Contains("8192 bytes", gdb.Say("monitor rtt cblock"));
        gdb.Say("break every_1024");
        Assert.Contains("every_1024", gdb.Say("continue"));
        gdb.Say("delete");
        rig.Paused(() => port.ResetTimes());
        long before = Take(rig, port, got);
        gdb.Send("continue");
        Assert.True(SpinWait.SpinUntil(() => Take(rig, port, got) > before + 400_000, TimeSpan.FromSeconds(60)), $"only {got.Count} bytes came");
        double rate = 0;
        rig.Paused(() => rate = (port.BytesReceived - before) / 1e3 / ((port.LastReceived - port.FirstReceived) / 1e15));
        gdb.Interrupt();
        gdb.Answer("continue");
        Take(rig, port, got);
        byte[] bytes = [.. got];
        for (int i = 0; i + 4 <= bytes.Length; i += 4) Assert.Equal((uint)i / 4, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i)));
        output.WriteLine($"{bytes.Length} bytes in order; while it ran: {rate:F0} kB/s");
        Assert.Null(rig.Trouble);
    }

    private static long Take(ProbeRig rig, CdcPort port, List<byte> to)
    {
        rig.Paused(() => to.AddRange(port.ReadAll()));
        Thread.Sleep(5);
        return to.Count;
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "programs", "log.c");
}
