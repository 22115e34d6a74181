using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>dap-conformance …: the CMSIS-DAP conformance suite against a probe at this computer's USB; with --board against that board's firmware on the bench. The arguments are the suite's own business.</summary>
static class ConformanceVerb
{
    private static readonly DotnetProject s_suite = new("conformance/SharpProbe.Conformance.csproj", "SharpProbe.Conformance", "conformance");

    public static int Run(string[] arguments)
    {
        int at = Array.IndexOf(arguments, "--board");
        if (at < 0) return s_suite.Run(arguments);
        if (at + 1 == arguments.Length) throw new BuildError("--board: which?");
        Installer.Require(Tool.Linker);
        FirmwareVerb.Run(arguments[at + 1], nearCalls: true);
        return DotnetProject.Simulator.Run(["conform", .. arguments]);
    }
}
