using System.CommandLine;
using SharpProbe.Conformance;
using SharpProbe.Sim.Boards;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Conform;

/// <summary>"conform": the CMSIS-DAP conformance suite against a board's own firmware.</summary>
internal static class ConformVerb
{
    public static Command Command()
    {
        var board = new Option<string>("--board") { Description = "Board (see: boards)", DefaultValueFactory = _ => "stlinkv3mini" };
        board.AcceptOnlyFromAmong([.. BoardList.All.Select(b => b.Name)]);
        var hid = new Option<bool>("--hid") { Description = "By HID (version 1 of the protocol)" };
        var bulk = new Option<bool>("--bulk") { Description = "By bulk endpoints (version 2), which is what happens without either" };
        var port = new Option<string>("--usb") { Description = "Best speed of the host's port: high or full", DefaultValueFactory = _ => "high" };
        port.AcceptOnlyFromAmong("high", "full");
        var command = new Command("conform", "CMSIS-DAP conformance suite against a board's own firmware") { board, hid, bulk, port };
        var suite = new SuiteOptions();
        suite.AddTo(command);
        command.SetAction(parsed => suite.Run(parsed, () => new BenchTransport(parsed.GetValue(board)!, parsed.GetValue(hid) && !parsed.GetValue(bulk), parsed.GetValue(port) == "high" ? UsbSpeed.High : UsbSpeed.Full)));
        return command;
    }
}
