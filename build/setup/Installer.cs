namespace SharpProbe.Build.Setup;

/// <summary>Sees to it that programs are there: installs them on Debian and Ubuntu, says what to install elsewhere.</summary>
static class Installer
{
    /// <summary>Ends the build where a program is missing and cannot be installed.</summary>
    public static void Require(params Tool[] tools)
    {
        List<Tool> missing = Missing(tools);
        if (missing.Count == 0) return;
        if (Shell.Which("apt-get") == null) throw new BuildError(Say("please install", missing));
        string[] packages = missing.Select(tool => tool.Package).Distinct().ToArray();
        string text = string.Join(' ', packages);
        Progress.Line($"installing {text}");
        if (!Apt(["install", "-y", "--no-install-recommends", .. packages]))
        {
            Update();
            if (!Apt(["install", "-y", "--no-install-recommends", .. packages])) throw new BuildError($"apt-get could not install {text}: install it by hand and run this again");
        }
        missing = Missing(tools);
        if (missing.Count != 0) throw new BuildError(Say("still missing after installation", missing));
    }

    /// <summary>Installs programs that only some tests need; where that cannot be done those are skipped.</summary>
    public static void Offer(params Tool[] tools)
    {
        if (OperatingSystem.IsLinux() && Shell.Which("apt-get") != null) Require(tools);
    }

    /// <summary>Fetches the package lists anew.</summary>
    public static void Update()
    {
        Progress.Line("updating the package lists");
        Apt(["update"]);
    }

    private static List<Tool> Missing(IEnumerable<Tool> tools) => tools.Where(tool => !tool.IsPresent).ToList();

    private static string Say(string title, IEnumerable<Tool> tools) =>
        title + ":\n" + string.Join('\n', tools.Select(tool => $"  {tool.Program,-24}{tool.Elsewhere}"));

    /// <summary>Runs apt-get, with sudo where not root. What it writes is shown only if it fails, or with --verbose.</summary>
    private static bool Apt(string[] arguments)
    {
        bool root = Environment.IsPrivilegedProcess;
        if (!root && Shell.Which("sudo") == null) throw new BuildError($"neither root nor sudo: run as root: apt-get {string.Join(' ', arguments)}");
        string[] command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", .. arguments];
        if (!root) command = ["sudo", .. command];
        ShellResult result = Shell.Capture(command[0], command[1..], onLine: Progress.Detail);
        if (result.ExitCode != 0) Progress.Line(result.Text);
        return result.ExitCode == 0;
    }
}
