using System.Diagnostics;
using SharpProbe.Build;

namespace SharpProbe.Tests.Demo;

/// <summary>./build.sh demo, as a newcomer sees it.</summary>
public class DemoTests
{
    [Fact]
    public void It_ends_well_and_sigrok_reads_from_its_waveform_what_the_target_heard()
    {
        using var folder = new TestFolder();
        string cli = Path.Combine(AppContext.BaseDirectory, "SharpProbe.Sim.Cli.dll");
        ShellResult run = Shell.Capture("dotnet", [cli, "demo", "--out", folder.File("demo")], Repository.Root);
        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("the same as the target", run.Text);
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(folder.File("demo"), "swd-transfer.svg")));
    }
}
