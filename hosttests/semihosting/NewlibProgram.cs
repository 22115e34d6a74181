using System.Runtime.CompilerServices;
using SharpProbe.Sim.Cli.Rig;

namespace SharpProbe.Tests.Hosting;

/// <summary>A C program with Debian's newlib and its semihosting, in a simulated STM32F103, and a real gdb that has loaded it through the probe. gdb's folder, where the program's files come to lie, is empty.</summary>
public sealed class NewlibProgram : IDisposable
{
    private readonly TestFolder _folder = new();
    private ProbeRig? _rig;
    private GdbProcess? _gdb;

    /// <summary>Compiles and loads it.</summary>
    public GdbProcess Load()
    {
        string elf = File("program.elf"), sources = Path.Combine(Folder(), "programs");
        ArmC.Compile(elf, "-Os", "--specs=nano.specs", "--specs=rdimon.specs", "-T", Path.Combine(sources, "stm32f103.ld"), Path.Combine(sources, "start.c"), Path.Combine(sources, "files.c"));
        _rig = new("stlinkv3mini", "stm32f103-clone");
        _rig.Start();
        _gdb = new(elf, TimeSpan.FromSeconds(120));
        foreach (string command in new[] { $"cd {File("")}", $"target extended-remote {_rig.GdbAddress}", "monitor swd_scan", "attach 1", "load", "set remote exec-file program" }) _gdb.Say(command);
        return _gdb;
    }

    public string File(string name) => _folder.File(name);

    public void Dispose()
    {
        _gdb?.Dispose();
        _rig?.Dispose();
        _folder.Dispose();
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
