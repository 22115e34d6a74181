using System.Security.Cryptography;

namespace SharpProbe.Build.Compile;

/// <summary>A C# source: its path below the repository's root (the name that diagnostics and DWARF show) and its bytes.</summary>
sealed record SourceFile(string Path, byte[] Bytes)
{
    public byte[] Hash { get; } = SHA256.HashData(Bytes);

    public static SourceFile Read(string file) => new(Repository.Relative(file), File.ReadAllBytes(file));

    /// <summary>Every C# file below the folders (or the file itself), in an order that no file system decides.</summary>
    public static List<SourceFile> In(IEnumerable<string> folders) =>
        folders.SelectMany(folder => File.Exists(folder) ? [folder] : Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories) : [])
            .Select(Repository.Relative)
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => Read(Repository.At(path)))
            .ToList();
}
