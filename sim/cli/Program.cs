using System.CommandLine;
using SharpProbe.Sim;
using SharpProbe.Sim.Cli;
using SharpProbe.Sim.Cli.Conform;
using SharpProbe.Sim.Cli.Demo;
using SharpProbe.Sim.Cli.Measure;

var root = new RootCommand("SharpProbe's virtual bench: runs a board's firmware on simulated hardware. Without a verb: run.");
var run = new RunOptions();
run.AddTo(root);
root.SetAction(parsed => RunVerb.Run(run.Read(parsed)));
root.Add(RunVerb.Command());
root.Add(BoardsVerb.Command());
root.Add(SpeedVerb.Command());
root.Add(QemuVerb.Command());
root.Add(SvdVerb.Command());
root.Add(DemoVerb.Command());
root.Add(BenchVerb.Command());
root.Add(ExamineVerb.Command());
root.Add(ConformVerb.Command());
try
{
    // "sim -- --time 1s" through the build driver brings its two dashes along.
    return root.Parse(args is ["--", ..] ? args[1..] : args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (UsageError error)
{
    Console.Error.WriteLine(error.Message);
    return ExitCode.Usage;
}
catch (BenchStop stop)
{
    Console.Error.WriteLine(stop.Message);
    return ExitCode.BenchStopped;
}
catch (Exception error) when (error is NotSupportedException or FormatException or IOException or InvalidDataException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine(error.Message);
    return ExitCode.Failed;
}
