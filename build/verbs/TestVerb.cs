using System.Diagnostics;
using System.Xml.Linq;
using SharpProbe.Build.Guest;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>test: builds every image and the bench, then runs all tests.</summary>
static class TestVerb
{
    private const string Project = "hosttests/SharpProbe.Tests.csproj";
    private const int SecondsBetweenLines = 20;

    public static int Run(string? filter)
    {
        Installer.Require(Tool.All);
        Installer.Offer([.. Tool.Libusb, .. Tool.ArmC]);
        Progress.During("Linux guest", GuestImage.Offer);
        JavaScriptClient.Offer();
        FirmwareVerb.Run("all", nearCalls: true);
        if (File.Exists(Repository.At(DotnetProject.Simulator.Project))) Progress.During("bench", () => { DotnetProject.Simulator.EnsureBuilt(); return 0; });
        return Progress.During("tests", () => RunTests(filter));
    }

    private static int RunTests(string? filter)
    {
        Progress.Step("building the tests");
        ShellResult build = Shell.Capture("dotnet", ["build", Project, "-c", "Release", "-v", "q", "--nologo"]);
        if (build.ExitCode != 0) throw new BuildError($"{Project} does not build\n{build.Text}");
        string folder = Repository.At("out", "test"), results = Path.Combine(folder, "results.trx");
        if (File.Exists(results)) File.Delete(results);
        List<string> arguments = ["test", Project, "-c", "Release", "--no-build", "--nologo", "--results-directory", folder, "--logger", "trx;LogFileName=results.trx", "--logger", "console;verbosity=normal"];
        if (filter != null) arguments.AddRange(["--filter", filter]);
        int passed = 0, failed = 0;
        bool inFailure = false;
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan shown = default;
        ShellResult run = Shell.Capture("dotnet", arguments, onLine: line =>
        {
            bool pass = line.StartsWith("  Passed ", StringComparison.Ordinal), fail = line.StartsWith("  Failed ", StringComparison.Ordinal);
            if (pass) passed++;
            if (fail) failed++;
            if (pass || fail || line.StartsWith("  Skipped ", StringComparison.Ordinal)) inFailure = fail;
            if (inFailure) Progress.Line(line);
            if (Progress.Interactive || clock.Elapsed - shown > TimeSpan.FromSeconds(SecondsBetweenLines))
            {
                shown = clock.Elapsed;
                Progress.Step($"tests: {passed} passed, {failed} failed, {clock.Elapsed.TotalSeconds:F0} s");
            }
        });
        if (!File.Exists(results)) throw new BuildError($"the tests did not run\n{run.Text}");
        return Summary(results, run.ExitCode);
    }

    private static int Summary(string results, int exitCode)
    {
        XDocument document = XDocument.Load(results);
        foreach (XElement trouble in document.Descendants().Where(element => element.Name.LocalName == "RunInfo" && (string?)element.Attribute("outcome") == "Error")) Progress.Line(trouble.Value);
        XElement counters = document.Descendants().First(element => element.Name.LocalName == "Counters");
        int total = Count("total"), passed = Count("passed"), skipped = total - Count("executed"), failed = total - passed - skipped;
        Progress.Line($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed != 0 || total == 0 ? 1 : exitCode;

        int Count(string name) => (int)counters.Attribute(name)!;
    }
}
