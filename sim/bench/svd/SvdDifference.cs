namespace SharpProbe.Sim.Svd;

/// <summary>One point where a model and an SVD file disagree.</summary>
/// <param name="Register">"USART1.ISR".</param>
/// <param name="Aspect">"name", "reset", "read" or "write" mask, "missing" from the model or "extra" in it.</param>
/// <param name="Model">What the bench has; a name's offset, a value or a mask.</param>
/// <param name="File">What the file has.</param>
public readonly record struct SvdDifference(string Register, string Aspect, string Model, string File)
{
    public override string ToString() => $"{Register}: {Aspect} {Model} in the model, {File} in the file";
}
