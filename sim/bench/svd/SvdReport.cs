namespace SharpProbe.Sim.Svd;

/// <summary>A machine's registers against one SVD file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Blocks">Blocks compared.</param>
/// <param name="Registers">Registers compared.</param>
/// <param name="Unexplained">Differences that nobody has looked up.</param>
/// <param name="Explained">Differences that the manual decides, with its section.</param>
/// <param name="NotInFile">Modelled blocks that the file does not have.</param>
public sealed record SvdReport(
    string File, int Blocks, int Registers, IReadOnlyList<SvdDifference> Unexplained, IReadOnlyList<(SvdDifference Difference, string Reason)> Explained,
    IReadOnlyList<string> NotInFile);
