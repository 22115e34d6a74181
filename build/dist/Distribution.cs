using System.Security.Cryptography;
using System.Text;

namespace SharpProbe.Build.Dist;

/// <summary>The folder that is released: images of all boards, the page on flashing, checksums. The same images give the same bytes.</summary>
static class Distribution
{
    public const string Page = "FLASHING.md", Sums = "SHA256SUMS";

    /// <summary>Fills a folder from what ./build.sh firmware left in out/; files of an earlier one go.</summary>
    /// <returns>Names of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, string version, string commit)
    {
        List<DistImages> boards = [.. BoardFacts.All.Select(DistImages.Read)];
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (DistImages board in boards) board.Write(folder);
        File.WriteAllText(Path.Combine(folder, Page), FlashingPage.Write(boards, version, commit));
        List<string> files = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        StringBuilder sums = new();
        foreach (string file in files) sums.Append($"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))))}  {file}\n");
        File.WriteAllText(Path.Combine(folder, Sums), sums.ToString());
        return [.. files, Sums];
    }
}
