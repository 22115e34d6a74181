using Spectre.Console;

namespace SharpProbe.Build;

/// <summary>Says what is going on: a spinner on a terminal, plain lines otherwise.</summary>
static class Progress
{
    private static readonly Lock Gate = new();
    private static StatusContext? _status;

    public static bool Verbose { get; set; }

    public static bool Interactive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    /// <summary>Runs a verb's work with a spinner where there is a terminal.</summary>
    public static T During<T>(string title, Func<T> work)
    {
        if (!Interactive || _status != null) return work();
        return AnsiConsole.Status().Start(Markup.Escape(title), status =>
        {
            _status = status;
            try { return work(); }
            finally { _status = null; }
        });
    }

    /// <summary>What is being done now.</summary>
    public static void Step(string text)
    {
        lock (Gate)
        {
            if (_status != null) _status.Status(Markup.Escape(text));
            else Console.WriteLine(text);
        }
    }

    /// <summary>A line that stays.</summary>
    public static void Line(string text)
    {
        lock (Gate)
        {
            if (_status != null) AnsiConsole.MarkupLine(Markup.Escape(text));
            else Console.WriteLine(text);
        }
    }

    public static void Detail(string text)
    {
        if (Verbose) Line(text);
    }
}
