using System.Text;

namespace SharpProbe.Build.Compile;

/// <summary>Generates SharpProbe.BuildInfo, the class from which the firmware prints its version.</summary>
static class BuildInfo
{
    private static readonly string[] Product = ["zerolib", "firmware", "hal", "boards", "linker"];

    private static readonly Lazy<string> Commit = new(ReadCommit);

    /// <summary>As the banner says it.</summary>
    public static string ShortCommit => Commit.Value;

    public static SourceFile Source(string target)
    {
        string text = $$"""
            namespace SharpProbe;

            /// <summary>What was built.</summary>
            static class BuildInfo
            {
                /// <summary>Ten digits of the commit; "+" where the product's sources differ from it.</summary>
                public const string Commit = "{{Commit.Value}}";

                /// <summary>Folder name of the board.</summary>
                public const string Target = "{{target}}";
            }

            """;
        return new SourceFile("out/BuildInfo.cs", Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
    }

    private static string ReadCommit()
    {
        if (Shell.Which("git") == null) return "unknown";
        ShellResult head = Shell.Capture("git", ["rev-parse", "HEAD"]);
        if (head.ExitCode != 0 || head.Output.Count == 0) return "unknown";
        bool changed = Shell.Capture("git", ["status", "--porcelain", "--", .. Product]).Output.Count != 0;
        return head.Output[0][..10] + (changed ? "+" : "");
    }
}
