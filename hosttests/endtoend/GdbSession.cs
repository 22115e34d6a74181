using SharpProbe.Sim.Cli.Rig;
using SharpProbe.Sim.Usb;
using SharpProbe.Tests.Boot;

namespace SharpProbe.Tests.EndToEnd;

/// <summary>A real gdb, attached through the probe to an STM32F103 into whose flash it has loaded the demo's program.</summary>
public class GdbSession : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public GdbSession() : this("stlinkv3mini", UsbSpeed.High) { }

    internal GdbSession(string board, UsbSpeed speed)
    {
        Rig = new(board, "stm32f103-clone", speed);
        Rig.Start();
        Gdb = new(Program, s_patience);
        Attached = Connect();
        Loaded = Gdb.Say("load");
        Gdb.Say("monitor reset");
    }

    /// <summary>The demo's ELF file.</summary>
    internal static string Program => BootedBoard.Firmware("demo_stm32f103");

    public ProbeRig Rig { get; }
    public GdbProcess Gdb { get; private set; }

    /// <summary>What gdb said to scanning and attaching, and to "load".</summary>
    public string Attached { get; }
    public string Loaded { get; }

    public string Say(params string[] commands) => string.Join("\n", commands.Select(Gdb.Say));

    /// <summary>The value of an expression, as a number.</summary>
    public uint Value(string expression) =>
        uint.Parse(Gdb.Say($"output/u (unsigned)({expression})"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>No breakpoints, and the target at its first instruction.</summary>
    public GdbSession Fresh()
    {
        Say("delete", "monitor reset", "maintenance flush register-cache");
        return this;
    }

    /// <summary>gdb is killed, and another one comes.</summary>
    public string Replace()
    {
        Gdb.Dispose();
        Gdb = new(Program, s_patience);
        return Connect();
    }

    public void Dispose()
    {
        Gdb.Dispose();
        Rig.Dispose();
    }

    private string Connect() => Say("target extended-remote " + Rig.GdbAddress, "monitor swd_scan", "attach 1");
}
