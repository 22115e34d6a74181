using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SharpProbe.Build.Compile;

/// <summary>Finds C# that the target cannot run and says what to do instead. Run on application code, not on the core library.</summary>
static class FeatureCheck
{
    public static List<Diagnostic> Run(CSharpCompilation compilation)
    {
        List<Diagnostic> found = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            new SyntaxFeatures(found).Visit(tree.GetRoot());
            new MeaningFeatures(compilation.GetSemanticModel(tree), found).Visit(tree.GetRoot());
        }
        return found;
    }
}
