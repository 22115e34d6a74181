using System.Diagnostics;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Guest;

namespace SharpProbe.Build.Verbs;

/// <summary>guest [--board NAME…]: a shell in a Linux computer with simulated probes on its USB ports, each with an STM32F103 that has the demo's program.</summary>
static class GuestVerb
{
    private const int BootSeconds = 60, Patience = 50;

    public static int Run(string[] boards)
    {
        GuestImage.Prepare();
        foreach (string board in boards.Append(Target.Demo.Name)) FirmwareVerb.Run(board, nearCalls: true);
        DotnetProject.Simulator.EnsureBuilt();
        string folder = Directory.CreateTempSubdirectory("sharpprobe-guest-").FullName, exchange = Path.Combine(folder, "exchange");
        List<Process> benches = [];
        try
        {
            Directory.CreateDirectory(exchange);
            File.Copy(Repository.At("docs", "99-sharpprobe.rules"), Path.Combine(exchange, "99-sharpprobe.rules"));
            File.WriteAllText(Path.Combine(exchange, "shellrc"), Welcome(boards));
            GuestCommand command = new(folder, exchange, boards.Length, Shell: true);
            Progress.Line("booting");
            using Process qemu = Process.Start(new ProcessStartInfo("qemu-system-x86_64", command.Arguments) { UseShellExecute = false })!;
            for (Stopwatch watch = Stopwatch.StartNew(); !File.Exists(Path.Combine(exchange, "ready")); Thread.Sleep(Patience))
            {
                if (qemu.HasExited) throw new BuildError("the guest has ended");
                if (watch.Elapsed.TotalSeconds < BootSeconds) continue;
                qemu.Kill();
                throw new BuildError($"the guest does not boot within {BootSeconds} s");
            }
            for (int slot = 0; slot < boards.Length; slot++) benches.Add(Bench(boards[slot], command.UsbSocket(slot)));
            qemu.WaitForExit();
            return qemu.ExitCode;
        }
        finally
        {
            foreach (Process bench in benches)
            {
                bench.Kill(entireProcessTree: true);
                bench.Dispose();
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A probe's simulator; what it says goes into a file, as the terminal is the guest's.</summary>
    private static Process Bench(string board, string socket)
    {
        string log = Repository.At("out", "guest", board + ".log");
        return DotnetProject.Simulator.Start(log, "--board", board, "--target", "stm32f103", "--target-elf", Target.Demo.File(".elf"), "--usbredir", socket);
    }

    private static string Welcome(string[] boards) =>
        $"""
        PS1='guest:\w# '
        cd '{Repository.Root}'
        stty cols 160 rows 50
        dmesg -n 1
        echo 'Plugged in: {string.Join(", ", boards)}; at their pins an STM32F103 each. Files are those of your computer; what you write is forgotten, but for /exchange.'
        echo 'lsusb -t;  ls /dev/ttyBmp*;  gdb-multiarch out/demo_stm32f103/demo_stm32f103.elf -ex "target extended-remote /dev/ttyBmpGdb"'
        echo 'The benches write into out/guest/BOARD.log. "exit" ends it all.'

        """;
}
