using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace SharpProbe.Build.Compile;

/// <summary>Compiles C# for the target: no reference to .NET's own library, deterministic, warnings are errors.</summary>
static class CSharp
{
    // Warnings that a core library of one's own cannot avoid: pointers to managed types, extern methods without DllImport, fields that only
    // the compiler's output reads.
    private static readonly string[] Silent =
    [
        "CS8500", "CS9113", "CS1718", "CS8618", "CS0626", "CS0824", "CS0169", "CS0649", "CS8632", "CS0660", "CS0661", "CS0414", "CS0465", "CS1701", "CS1702",
    ];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14, DocumentationMode.None);

    public static CSharpCompilation Prepare(string assembly, IEnumerable<SourceFile> sources, string? coreLibrary)
    {
        SyntaxTree[] trees = sources.AsParallel().AsOrdered()
            .Select(source => CSharpSyntaxTree.ParseText(Text(source), Language, source.Path))
            .ToArray();
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            deterministic: true,
            generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: Silent.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)),
            nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(assembly, trees, coreLibrary == null ? [] : [MetadataReference.CreateFromFile(coreLibrary)], options);
    }

    /// <summary>Compiles into folder/assembly.dll and .pdb. Errors end the build with file:line lines.</summary>
    public static string Compile(string assembly, IEnumerable<SourceFile> sources, string? coreLibrary, string folder)
    {
        CSharpCompilation compilation = Prepare(assembly, sources, coreLibrary);
        List<Diagnostic> unsupported = coreLibrary == null ? [] : FeatureCheck.Run(compilation);
        Directory.CreateDirectory(folder);
        string dll = Path.Combine(folder, assembly + ".dll");
        using MemoryStream image = new(), symbols = new();
        EmitOptions emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: assembly + ".pdb", runtimeMetadataVersion: "v4.0.30319");
        EmitResult result = compilation.Emit(image, symbols, options: emit);
        List<Diagnostic> errors = [.. unsupported, .. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Count != 0) throw new BuildError(Report(errors));
        File.WriteAllBytes(Path.ChangeExtension(dll, ".pdb"), symbols.ToArray());
        File.WriteAllBytes(dll, image.ToArray());
        return dll;
    }

    /// <summary>One line an error, in the order of files and lines. Where the target's own check explains a line, the compiler's errors on that line are left out.</summary>
    public static string Report(IReadOnlyList<Diagnostic> errors)
    {
        HashSet<(string, int)> explained = errors.Where(error => error.Id.StartsWith("SP", StringComparison.Ordinal)).Select(Line).ToHashSet();
        return string.Join('\n', errors
            .Where(error => error.Id.StartsWith("SP", StringComparison.Ordinal) || !explained.Contains(Line(error)))
            .OrderBy(error => Line(error).Path, StringComparer.Ordinal).ThenBy(error => Line(error).Line)
            .Select(error => error + MissingFromCoreLibrary(error))
            .Distinct()
            .Take(50));
    }

    private static (string Path, int Line) Line(Diagnostic error)
    {
        FileLinePositionSpan span = error.Location.GetLineSpan();
        return (span.Path ?? "", span.StartLinePosition.Line);
    }

    private static string MissingFromCoreLibrary(Diagnostic error) => error.Id is "CS0518" or "CS0656" or "CS0234" or "CS0246"
        ? " The target's core library (zerolib) holds only what docs/csharp.md lists."
        : "";

    private static SourceText Text(SourceFile source) =>
        SourceText.From(source.Bytes, source.Bytes.Length, Encoding.UTF8, SourceHashAlgorithm.Sha256);
}
