using System.CommandLine;
using SharpProbe.Build;
using SharpProbe.Build.Guest;
using SharpProbe.Build.Registers;
using SharpProbe.Build.Setup;
using SharpProbe.Build.Verbs;

// The bench's command line has its own options: everything after "sim" is its business.
if (args is ["sim", ..]) return Guard(() => SimVerb.Run(args[1..]));
// So has the conformance suite's.
if (args is ["dap-conformance", ..]) return Guard(() => ConformanceVerb.Run(args[1..]));

RootCommand root = new("SharpProbe: build, simulate, test");
Option<bool> verbose = new("--verbose", "-v") { Description = "Say more", Recursive = true };
Option<string> board = new("--board") { Description = "Board name, selftest, or all", DefaultValueFactory = _ => "all" };
Option<bool> noNearCalls = new("--no-bl") { Description = "Leave calls as the compiler made them, to measure what bl saves" };
root.Add(verbose);

Add("setup", "Install what is missing (Debian, Ubuntu), or say what to install", _ =>
{
    Installer.Require(Tool.All);
    Installer.Offer(Tool.Libusb);
    bool guest = GuestImage.Offer();
    JavaScriptClient.Offer();
    if (guest) Progress.Line("everything is there");
    return 0;
});
Add("firmware", "Build images into out/", result => FirmwareVerb.Run(result.GetValue(board)!, !result.GetValue(noNearCalls)), board, noNearCalls);
Add("dap-conformance", "CMSIS-DAP conformance suite against a probe at this computer's USB; --board NAME: against that board's firmware on the bench", _ => ConformanceVerb.Run([]));
Add("sim", "Run the virtual bench with the remaining arguments", _ => SimVerb.Run([]));
Option<string?> filter = new("--filter") { Description = "Only tests that match (dotnet test --filter)" };
Add("test", "Build everything and run all tests", result => TestVerb.Run(result.GetValue(filter)), filter);
Option<string> oneBoard = new("--board") { Description = "Board name or selftest", DefaultValueFactory = _ => "stlinkv3mini" };
Add("demo", "A real gdb loads and debugs a simulated STM32F103 through the simulated probe", result => DemoVerb.Demo(result.GetValue(oneBoard)!), oneBoard);
Option<string?> only = new("--only") { Description = "gdb, dap, jtag, echo, swo, or flash: writes the table of docs/flash.md" };
Add("bench", "Speeds of real gdb sessions, of CMSIS-DAP and of a serial echo through the probe, in simulated time", result => DemoVerb.Bench(result.GetValue(only)), only);
Add("usb", "Check endpoints and FIFO memory of each USB mode on each board, and write the table of docs/usb.md", _ => UsbVerb.Run());
Option<string[]> boards = new("--board") { Description = "Boards that are plugged in", DefaultValueFactory = _ => ["stlinkv3mini"], AllowMultipleArgumentsPerToken = true };
Add("guest", "A shell in a Linux computer with simulated probes plugged in", result => GuestVerb.Run(result.GetValue(boards)!), boards);
Add("dist", "Everything that is released, into out/dist/", _ => DistVerb.Run());
Add("size", "Flash and RAM by namespace", result => SizeVerb.Run(result.GetValue(board)!), board);
Argument<string> symbol = new("SYMBOL") { Description = "Part of a function's name" };
Command disasm = Add("disasm", "Show a function's instructions", result => DisasmVerb.Run(result.GetValue(symbol)!, result.GetValue(oneBoard)!), oneBoard);
disasm.Add(symbol);
Add("clean", "Remove what was built", _ => CleanVerb.Run());
Argument<string?> folder = new("SVDDIR") { Description = "Folder with the vendors' SVD files; else SHARPPROBE_SVD, else ../shared/svd", Arity = ArgumentArity.ZeroOrOne };
Add("svd", "Compare the bench's registers with the vendors' SVD data", result => SvdVerb.Run(result.GetValue(folder))).Add(folder);
Add("registers", "Generate hal/registers and the vector tables from the vendors' SVD data", result =>
{
    foreach (string file in RegisterGenerator.Run(SvdVerb.Folder(result.GetValue(folder)), Repository.Root)) Progress.Line(file);
    return 0;
}).Add(folder);
Option<string?> count = new("--count") { Description = "Instructions to compare" };
Add("qemu", "Compare random instructions on the bench and on QEMU", result =>
{
    Installer.Require(Tool.Qemu);
    return DotnetProject.Simulator.Run(["qemu", .. result.GetValue(count) is { } number ? new[] { "--count", number } : []]);
}, count);
Add("speed", "Measure the bench's speed", _ => DotnetProject.Simulator.Run(["speed"]));
return root.Parse(args).Invoke();

Command Add(string name, string description, Func<ParseResult, int> action, params Option[] options)
{
    Command command = new(name, description);
    foreach (Option option in options) command.Add(option);
    command.SetAction(result =>
    {
        Progress.Verbose = result.GetValue(verbose);
        return Guard(() => action(result));
    });
    root.Add(command);
    return command;
}

static int Guard(Func<int> action)
{
    try
    {
        return action();
    }
    catch (BuildError error)
    {
        Console.Error.WriteLine(error.Message);
        return 1;
    }
}
