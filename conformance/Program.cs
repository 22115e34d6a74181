using System.CommandLine;
using SharpProbe.Conformance;
using SharpProbe.Conformance.Usb;

var root = new RootCommand("CMSIS-DAP conformance: runs a list of cases against a probe at this computer's USB");
var serial = new Option<string?>("--serial") { Description = "The probe's serial number, or a part of it" };
var id = new Option<string?>("--vid-pid") { Description = "USB ids in hex: VVVV:PPPP" };
var hid = new Option<bool>("--hid") { Description = "By HID (version 1 of the protocol)" };
var bulk = new Option<bool>("--bulk") { Description = "By bulk endpoints (version 2); without either: bulk where there is, else HID" };
var suite = new SuiteOptions();
foreach (Option option in new Option[] { serial, id, hid, bulk }) root.Add(option);
suite.AddTo(root);
root.SetAction(parsed =>
{
    var wanted = new Wanted(parsed.GetValue(serial), parsed.GetValue(id));
    return suite.Run(parsed, () => parsed.GetValue(hid) ? new HidrawTransport(wanted) : parsed.GetValue(bulk) || LibusbTransport.IsThere(wanted) ? new LibusbTransport(wanted) : new HidrawTransport(wanted));
});
try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is FormatException or DllNotFoundException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
