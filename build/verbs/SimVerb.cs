using SharpProbe.Build.Compile;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Verbs;

/// <summary>sim …: the bench with the remaining arguments, which are its own business. The board's firmware is built first when it is the bench's default file.</summary>
static class SimVerb
{
    private const string DefaultBoard = "stlinkv3mini";

    public static int Run(string[] arguments)
    {
        bool runsFirmware = arguments is [] or ["run", ..] || arguments[0].StartsWith("--", StringComparison.Ordinal);
        if (runsFirmware && !arguments.Any(argument => argument is "--elf" or "--help" or "--version"))
        {
            int at = Array.IndexOf(arguments, "--board");
            string name = at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : DefaultBoard;
            Installer.Require(Tool.Linker);
            IEnumerable<Target> wanted = Target.Boards.Where(board => board.Name == name);
            if (arguments.Contains("--boot-loader")) wanted = wanted.Concat(Target.BootLoaders.Where(board => board.Name == "boot_" + name));
            foreach (Target target in wanted) Progress.During(target.Name, () => ImageBuilder.Build(target));
        }
        return DotnetProject.Simulator.Run(arguments);
    }
}
