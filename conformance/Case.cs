namespace SharpProbe.Conformance;

/// <summary>One row of the list: what is asked and what must come back.</summary>
/// <param name="Section">Of the specification.</param>
/// <param name="Name">A sentence.</param>
sealed record Case(string Section, string Name, Level Level, Need Need, Action<Conversation> Run)
{
    public static Case Must(string section, string name, Need need, Action<Conversation> run) => new(section, name, Level.Must, need, run);

    /// <summary>One request and its answer; see <see cref="Pattern"/>.</summary>
    public static Case Must(string section, string name, Need need, string request, string answer) => new(section, name, Level.Must, need, c => c.Ask(request, answer));

    public static Case Strict(string section, string name, Need need, Action<Conversation> run) => new(section, name, Level.Strict, need, run);

    public static Case Strict(string section, string name, Need need, string request, string answer) => new(section, name, Level.Strict, need, c => c.Ask(request, answer));
}
