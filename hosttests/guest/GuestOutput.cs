namespace SharpProbe.Tests.Guest;

/// <summary>What a script in the guest wrote (both streams), and how it ended; 124: it took too long.</summary>
public sealed record GuestOutput(string Script, int ExitCode, string Text, TimeSpan Took)
{
    /// <summary>The text of a script that ended well; another fails the test.</summary>
    public string Good
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode} after {Took.TotalSeconds:F1} s of: {Script}\n{Text}");
            return Text;
        }
    }
}
