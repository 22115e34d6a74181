namespace SharpProbe.Sim.Boards;

/// <summary>A light on the board.</summary>
/// <param name="Name">"red".</param>
/// <param name="Pin">"PA10".</param>
/// <param name="ActiveLow">Lit while the pin is low.</param>
public sealed record Led(string Name, string Pin, bool ActiveLow);
