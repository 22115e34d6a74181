using SharpProbe.Sim.Pins;

namespace SharpProbe.Sim.Boards;

/// <summary>A pull or a strap soldered to a pin.</summary>
public sealed record Resistor(string Pin, Drive Drive);
