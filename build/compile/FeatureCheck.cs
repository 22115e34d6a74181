using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SharpProbe.Build.Compile;

/// <summary>Finds C# that the target cannot run and says what to do instead.</summary>
static class FeatureCheck
{
    public static List<Diagnostic> Run(CSharpCompilation compilation) => [];
}
