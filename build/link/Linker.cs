using System.Text.RegularExpressions;
using SharpProbe.Build.Compile;

namespace SharpProbe.Build.Link;

/// <summary>Runs arm-none-eabi-ld and puts its complaints into words.</summary>
static partial class Linker
{
    public const string Program = "arm-none-eabi-ld";

    public static void Run(Target target, string objectFile, string elf, string map)
    {
        string memory = Script(target, "memory.ld");
        Script(target, "vectors.ld");
        List<string> arguments = ["-nostdlib", "--no-warn-execstack", "--no-warn-rwx-segments", "--build-id=none"];
        foreach (string folder in target.LinkFolders) arguments.AddRange(["-L", folder]);
        bool placed = target.Placement != Placement.Own;
        List<string> scripts = [memory, Repository.At("linker", "sections.ld")];
        if (placed)
        {
            scripts.Insert(1, Repository.At("linker", $"place-{target.Placement.ToString().ToLowerInvariant()}.ld"));
            scripts.Add(Repository.At("linker", "fill.ld"));
        }
        foreach (string script in scripts) arguments.AddRange(["-T", script]);
        arguments.AddRange([objectFile, "-o", elf, "-Map", map]);
        ShellResult result = Shell.Capture(Program, arguments, Path.GetDirectoryName(elf));
        if (result.ExitCode != 0) throw new BuildError($"{target.Name}: linking failed\n{Explain(result.Text)}");
    }

    /// <summary>One sentence for each undefined symbol whose cause is a C# feature; the linker's own lines otherwise.</summary>
    public static string Explain(string text)
    {
        List<string> lines = [];
        foreach (string line in text.Split('\n').Where(line => line.Trim() != ""))
        {
            Match match = Undefined().Match(line);
            string reason = match.Success ? MissingSymbols.Explain(match.Groups[1].Value) : line;
            if (!lines.Contains(reason)) lines.Add(reason);
        }
        return string.Join('\n', lines);
    }

    private static string Script(Target target, string name) =>
        target.LinkFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new BuildError($"{target.Name}: no {name} in {string.Join(" or ", target.LinkFolders.Select(Repository.Relative))}");

    [GeneratedRegex("undefined reference to [`'](.+)'")]
    private static partial Regex Undefined();
}
