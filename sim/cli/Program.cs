using System.CommandLine;
using SharpProbe.Sim.Cli;

var root = new RootCommand("SharpProbe's virtual bench: runs a board's firmware on simulated hardware. Without a verb: run.");
var run = new RunOptions();
run.AddTo(root);
root.SetAction(parsed => RunVerb.Run(run.Read(parsed)));
root.Add(RunVerb.Command());
root.Add(BoardsVerb.Command());
root.Add(SpeedVerb.Command());
root.Add(QemuVerb.Command());
root.Add(SvdVerb.Command());
try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (UsageError error)
{
    Console.Error.WriteLine(error.Message);
    return ExitCode.Usage;
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine(error.Message);
    return ExitCode.Failed;
}
