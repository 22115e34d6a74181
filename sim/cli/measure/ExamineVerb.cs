using System.CommandLine;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Measure;

/// <summary>"examine": the USB conformance list on a board with its own firmware, row by row, and plugging in and out.</summary>
internal static class ExamineVerb
{
    public static Command Command()
    {
        var board = new Option<string>("--board") { Description = "Board (see: boards), or all", DefaultValueFactory = _ => "all" };
        var port = new Option<string>("--usb") { Description = "Best speed of the host's port: high or full", DefaultValueFactory = _ => "high" };
        port.AcceptOnlyFromAmong("high", "full");
        var plug = new Option<int>("--plug") { Description = "Afterwards: plug in and out so many times, at random moments", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Of the moments", DefaultValueFactory = _ => 1 };
        var image = new Option<string?>("--image") { Description = "Another image in out/ than the board's own" };
        var command = new Command("examine", "USB conformance: every request in its legal and illegal forms (USB 2.0 chapter 9, CDC, HID, DFU)") { board, port, plug, seed, image };
        command.SetAction(parsed => Examine(parsed.GetValue(board)!, parsed.GetValue(port) == "high" ? UsbSpeed.High : UsbSpeed.Full, parsed.GetValue(plug), parsed.GetValue(seed), parsed.GetValue(image)));
        return command;
    }

    private static int Examine(string board, UsbSpeed port, int plug, int seed, string? image)
    {
        string[] boards = board == "all" ? [.. BoardList.All.Select(b => b.Name)] : [board];
        int failed = 0;
        foreach (string name in boards)
        {
            var examining = new UsbExamining(name, port, image);
            var results = examining.Examine();
            Console.WriteLine($"{image ?? name} at {examining.Host.Speed.ToString().ToLowerInvariant()} speed");
            foreach (var r in results)
            {
                Console.WriteLine($"{(!r.Passed ? "FAIL" : r.Questions == 0 ? "none" : "pass")} {r.Questions,5}  {r.Check.Section,-18} {r.Check.Sentence}");
                foreach (string complaint in r.Complaints) Console.WriteLine($"            {complaint}");
            }
            int asked = results.Count(r => r.Questions > 0);
            failed += results.Count(r => !r.Passed);
            Console.WriteLine($"{asked} checks, {results.Sum(r => r.Questions)} questions, {results.Count(r => !r.Passed)} failed; {results.Count - asked} do not concern this device");
            if (plug == 0 || examining.Machine.Stopped is not null) continue;
            var plugging = examining.Plug(plug, seed);
            if (plugging.Trouble is not null) failed++;
            Console.WriteLine($"plugged in {plugging.Enumerations} times, and pulled {plugging.Interrupted} times in the middle of enumeration: {plugging.Trouble ?? "configured and the same each time"}");
        }
        return failed == 0 ? ExitCode.Good : ExitCode.Failed;
    }
}
