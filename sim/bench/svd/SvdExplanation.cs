namespace SharpProbe.Sim.Svd;

/// <summary>Why the model is right and the file is not, for a group of differences.</summary>
/// <param name="Chip">Beginning of the file's name, e.g. "STM32F7".</param>
/// <param name="Registers">Names, with * for any characters.</param>
/// <param name="Aspects">Aspects that it explains, separated by a space.</param>
/// <param name="Reason">Manual and section.</param>
public readonly record struct SvdExplanation(string Chip, string Registers, string Aspects, string Reason)
{
    public bool Covers(string chip, SvdDifference difference) => chip.StartsWith(Chip, StringComparison.Ordinal)
        && Aspects.Split(' ').Contains(difference.Aspect)
        && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Registers, difference.Register, ignoreCase: false);
}
