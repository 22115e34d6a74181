namespace SharpProbe.Build;

/// <summary>How a program ended and what it wrote.</summary>
sealed record ShellResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public string Text => string.Join('\n', Output.Concat(Errors));
}
