using System.CommandLine;
using System.Diagnostics;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Gdb;
using SharpProbe.Sim.View;

namespace SharpProbe.Sim.Cli;

/// <summary>"run": a board runs its firmware; views and connections as asked for.</summary>
internal static class RunVerb
{
    // Simulated time between two looks at input, pace and Ctrl-C.
    private const ulong Slice = TimeBase.Second / 1000;

    public static Command Command()
    {
        var options = new RunOptions();
        var command = new Command("run", "Run a board's firmware (the default verb)");
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed)));
        return command;
    }

    public static int Run(RunRequest request)
    {
        using var ended = new CancellationTokenSource();
        void End(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            ended.Cancel();
        }
        Console.CancelKeyPress += End;
        try
        {
            return Run(request, ended.Token);
        }
        finally
        {
            Console.CancelKeyPress -= End;
        }
    }

    private static int Run(RunRequest request, CancellationToken ended)
    {
        var notes = Console.Error;
        using var bench = new Bench(request, text => notes.WriteLine($"[bench] {text}"));
        var watch = Stopwatch.StartNew();
        ulong startTime = bench.Machine.Time.Now, startCycles = bench.Machine.Time.Cycles, startInstructions = bench.Machine.Core.Instructions;
        MachineStop? stopped = null;
        if (request.Gdb is { } port) stopped = Debug(bench, port, text => notes.WriteLine($"[bench] {text}"), ended);
        else Loop(bench, request, watch, ended);
        watch.Stop();
        Console.Out.Flush();
        stopped ??= bench.Machine.Stopped;
        if (stopped is { } stop) StopReport.Write(notes, bench, stop, request);
        if (bench.Profile is { } profile) ProfileReport.Write(profile, request.ProfileFile);
        var machine = bench.Machine;
        notes.WriteLine();
        foreach (var led in bench.Leds) notes.WriteLine($"[bench] {led}");
        ulong cycles = machine.Time.Cycles - startCycles, instructions = machine.Core.Instructions - startInstructions;
        notes.WriteLine($"[bench] {request.Board}: {SimTime.Show(machine.Time.Now - startTime)} simulated, {cycles} cycles, {instructions} instructions, core clock {machine.Time.Hertz / 1e6:F3} MHz");
        double seconds = Math.Max(watch.Elapsed.TotalSeconds, 1e-6), simulated = (machine.Time.Now - startTime) / 1e15;
        notes.WriteLine($"[bench] {seconds:F2} s real time: {simulated / seconds:F1} times as fast as the board, {instructions / seconds / 1e6:F1} million instructions a second");
        if (HeapUse.Of(machine, bench.Elf) is { } heap) notes.WriteLine($"[bench] {heap}");
        if (request.Vcd is { } vcd) notes.WriteLine($"[bench] {vcd}: {string.Join(", ", bench.Vcd!.Changed)}");
        if (request.UsbLog is { } log) File.WriteAllText(log, bench.Host?.Log?.ToString());
        if (stopped is not null) return ExitCode.BenchStopped;
        return bench.Semihosting?.ExitCode ?? ExitCode.Good;
    }

    private static void Loop(Bench bench, RunRequest request, Stopwatch watch, CancellationToken ended)
    {
        var machine = bench.Machine;
        ulong start = machine.Time.Now, until = request.Time is { } time ? start + time : ulong.MaxValue;
        InstructionTrace? trace = null;
        while (machine.Stopped is null && machine.Time.Now < until && !ended.IsCancellationRequested && bench.Semihosting?.ExitCode is null)
        {
            ulong next = Math.Min(until, machine.Time.Now + Slice);
            if (request.Trace is { } file && trace is null)
            {
                if (machine.Time.Now >= request.TraceFrom) trace = new(machine.Core, bench.Symbols, Disassembly.OfElf(request.Elf), new StreamWriter(file, false, System.Text.Encoding.UTF8, 1 << 16));
                else next = Math.Min(next, request.TraceFrom);
            }
            bench.Poll();
            if (bench.Programs is { } programs)
            {
                programs.Round();
                continue;
            }
            if (bench.Remote is { } remote)
            {
                remote.Round();
                continue;
            }
            machine.RunUntil(next);
            if (request.Pace is { } pace) Wait((machine.Time.Now - start) / 1e15 / pace - watch.Elapsed.TotalSeconds, ended);
        }
        trace?.Dispose();
    }

    // A stop while gdb looks on is gdb's; one after it has gone is returned.
    private static MachineStop? Debug(Bench bench, int port, Action<string> note, CancellationToken ended)
    {
        var machine = bench.Machine;
        var target = new DebugTarget
        {
            Core = machine.Core,
            Run = until =>
            {
                bench.Poll();
                machine.Core.Run(until);
            },
            Step = machine.Core.Step,
            Reset = () => machine.SystemReset(),
            Symbols = bench.Symbols,
            Pins = () => machine.Nets.All.Where(n => n.Drivers.Count != 0).Select(n => (n.Name, n.Level.ToString())),
            ExitCode = () => bench.Semihosting?.ExitCode,
        };
        using var server = new GdbServer(target, port) { Log = note };
        note($"waiting for gdb: target remote :{server.Port}");
        try
        {
            server.Serve(ended);
            return null;
        }
        catch (BenchStop stop)
        {
            return new(stop.Message, machine.Core.InstructionAddress, machine.Time.Cycles, machine.Time.Now);
        }
    }

    private static void Wait(double seconds, CancellationToken ended)
    {
        if (seconds > 0.001) ended.WaitHandle.WaitOne(TimeSpan.FromSeconds(Math.Min(seconds, 1)));
    }
}
