namespace SharpProbe.Sim.Chips;

/// <summary>What the receiver found in one frame.</summary>
internal readonly record struct UsartReceived(uint Data, bool ParityError, bool FramingError, bool Noise);
