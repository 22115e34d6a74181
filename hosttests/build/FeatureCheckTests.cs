using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SharpProbe.Build;
using SharpProbe.Build.Compile;
using SharpProbe.Build.Link;

namespace SharpProbe.Tests.Build;

/// <summary>C# that the target cannot run is a build error with a number, a place and an advice.</summary>
public class FeatureCheckTests
{
    private static readonly Lazy<string> Core = new(() =>
        CSharp.Compile("System.Private.CoreLib", SourceFile.In([Repository.At("zerolib")]), null, Repository.At("out", "test", "corelib")));

    [Theory]
    [InlineData("SP0001", "static void M() { throw null!; }")]
    [InlineData("SP0001", "static int M(string? s) => s == null ? throw null! : 1;")]
    [InlineData("SP0002", "static void M() { try { } catch { } }")]
    [InlineData("SP0003", "static void M(object o) { lock (o) { } }")]
    [InlineData("SP0004", "static async void M() { }")]
    [InlineData("SP0005", "static System.Collections.Generic.IEnumerable<int> M() { yield return 1; }")]
    [InlineData("SP0006", "interface IPin { void High(); } static void M(IPin pin) => pin.High();")]
    [InlineData("SP0006", "interface IPin { int Level { get; } } static int M(IPin pin) => pin.Level;")]
    [InlineData("SP0006", "interface IPin { void High(); } static void M<T>(T pin) where T : IPin => pin.High();")]
    [InlineData("SP0007", "interface IPin { void High(); } static System.Action M(IPin pin) => pin.High;")]
    [InlineData("SP0009", "static object M(int[] a) => from x in a select x;")]
    [InlineData("SP0010", "static string M(int x) => $\"x is {x}\";")]
    [InlineData("SP0010", "static string M(int x) => \"x is \" + x;")]
    [InlineData("SP0011", "static object M() => typeof(int);")]
    [InlineData("SP0011", "static object M(object o) => o.GetType();")]
    [InlineData("SP0012", "static void M(dynamic d) { }")]
    [InlineData("SP0013", "class F { ~F() { } }")]
    [InlineData("SP0014", "static void M() { System.Span<byte> b = stackalloc byte[4097]; b[0] = 1; }")]
    [InlineData("SP0015", "static int[,] grid;")]
    [InlineData("SP0016", "static event System.Action? Changed;")]
    [InlineData("SP0016", "static void M(System.Action a, System.Action b) { a += b; a(); }")]
    [InlineData("SP0017", "static decimal M() => 0;")]
    [InlineData("SP0018", "class G { public virtual void M<T>() { } }")]
    [InlineData("SP0019", "static string? M(object o) => o.ToString();")]
    [InlineData("SP0020", "[ThreadStatic] static int perThread;")]
    public void What_the_target_cannot_run_is_reported(string id, string member) => Assert.Contains(Check(member), diagnostic => diagnostic.Id == id);

    [Theory]
    [InlineData("interface IPin { void High(); } static void M<T>(T pin) where T : struct, IPin => pin.High();")]
    [InlineData("interface IPin { static abstract void High(); } static void M<T>() where T : IPin => T.High();")]
    [InlineData("static int M(int[] a) { int sum = 0; foreach (int x in a) sum += x; return sum; }")]
    [InlineData("static int M(System.ReadOnlySpan<byte> a) { int sum = 0; foreach (byte x in a) sum += x; return sum; }")]
    [InlineData("const string A = \"a\"; const string B = $\"{A}b\";")]
    [InlineData("static string M(string a) => \"x\" + a;")]
    [InlineData("static void M() { System.Span<byte> b = stackalloc byte[4096]; b[0] = 1; }")]
    [InlineData("static void M() { try { } finally { } }")]
    [InlineData("static int[][] grid = new int[3][];")]
    [InlineData("static int counter; static void M() { counter += 1; }")]
    public void What_the_target_can_run_passes(string member) => Assert.Empty(Check(member));

    [Fact]
    public void A_report_names_file_line_feature_and_advice()
    {
        string report = CSharp.Report(Check("static void M()\n{\n    throw null!;\n}"));
        Assert.Equal("firmware/Sample.cs(4,5): error SP0001: the target does not have throw: there are no exceptions: return an enum or a struct that says why, or call Environment.FailFast for the impossible (docs/csharp.md)", report);
    }

    [Fact]
    public void A_missing_runtime_function_is_told_as_the_feature_that_asked_for_it()
    {
        string text = Linker.Explain("app.o: in function `M':\n(__managedcode+0x10): undefined reference to `RhpThrowEx'");
        Assert.Contains("SP1001: a throw statement", text);
    }

    private static List<Diagnostic> Check(string member)
    {
        string text = $"static unsafe class Sample {{\n{member}\n}}\n";
        CSharpCompilation compilation = CSharp.Prepare("sample", [new SourceFile("firmware/Sample.cs", System.Text.Encoding.UTF8.GetBytes(text))], Core.Value);
        return FeatureCheck.Run(compilation);
    }
}
