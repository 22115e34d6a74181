namespace SharpProbe.Sim.Boards;

/// <summary>The boards by name.</summary>
public static class BoardList
{
    public static IReadOnlyList<Board> All { get; } = [StLinkV3Mini.Board, PybdSf2.Board, DeveboxH743.Board, DeveboxH750.Board];

    public static Board Find(string name) => All.FirstOrDefault(b => b.Name == name)
        ?? throw new ArgumentException($"no board is named {name}; there are {string.Join(", ", All.Select(b => b.Name))}");
}
