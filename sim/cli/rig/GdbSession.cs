using System.Globalization;
using System.Text.RegularExpressions;
using SharpProbe.Sim.Usb;

namespace SharpProbe.Sim.Cli.Rig;

/// <summary>A gdb that is attached to a target through a probe, SWCLK as fast as the probe can, with a folder for its files.</summary>
internal sealed class GdbSession : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sharpprobe-");
    private readonly GdbProcess _gdb;

    /// <param name="scan">jtag_scan or swd_scan.</param>
    public GdbSession(string board, string target, string scan = "swd_scan")
    {
        Rig = new(board, target, UsbSpeed.High);
        Rig.Start();
        _gdb = new(null, TimeSpan.FromSeconds(120));
        Say("set architecture armv7");
        Say($"target extended-remote {Rig.GdbAddress}");
        string clock = Say("monitor frequency 50M");
        SwclkMegahertz = Regex.Match(clock, @"([\d.]+) ?MHz") is { Success: true } m ? double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        Say($"monitor {scan}");
        string attached = Say("attach 1");
        if (!attached.Contains("Attaching", StringComparison.Ordinal) && !attached.Contains(" in ", StringComparison.Ordinal)) throw new IOException($"gdb does not attach: {attached}");
    }

    public ProbeRig Rig { get; }
    public RspLog Log => Rig.Log;

    /// <summary>What "monitor frequency" said.</summary>
    public double SwclkMegahertz { get; }

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public string Say(string command)
    {
        string answer = _gdb.Say(command);
        if (Rig.Trouble is { } trouble) throw new BenchStop(trouble);
        return answer;
    }

    public void Dispose()
    {
        _gdb.Dispose();
        Rig.Dispose();
        _folder.Delete(recursive: true);
    }
}
