using System.Diagnostics;
using System.Globalization;
using SharpProbe.Build;

namespace SharpProbe.Tests.UsbIp;

/// <summary>Unmodified programs with our libusb in place of the system's: their only device is the bench's. Made once.</summary>
public sealed class LibusbPrograms : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<string> _made;

    public LibusbPrograms() => _made = new(Make);

    /// <summary>Asks the console its version with reads pending, takes them back, times out, stalls, resets (pending.c).</summary>
    public string Pending => Path.Combine(_made.Value, "pending");

    internal Child Run(ServedDevice served, int seconds, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["LD_LIBRARY_PATH"] = _made.Value;
        start.Environment["SHARPPROBE_USBIP"] = served.Server.Address.Port.ToString(CultureInfo.InvariantCulture);
        return Child.Run(seconds, start);
    }

    public void Dispose() => _folder.Dispose();

    private string Make()
    {
        string library = _folder.File("libusb-1.0.so.0"), folder = Path.GetDirectoryName(library)!, sources = Repository.At("hosttests", "usbip", "libusb");
        Compile("-shared", "-fPIC", "-Wl,-soname,libusb-1.0.so.0", "-o", library, Path.Combine(sources, "usbip-libusb.c"), "-lpthread");
        Compile("-o", Path.Combine(folder, "pending"), Path.Combine(sources, "pending.c"), library);
        return folder;
    }

    private static void Compile(params string[] arguments)
    {
        var gcc = Child.Run(60, "gcc", ["-O2", "-Wall", "-Wextra", .. arguments]);
        Assert.True(gcc.Code == 0, gcc.Text);
    }
}
