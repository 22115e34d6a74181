using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using SharpProbe.Build.Compile;

namespace SharpProbe.Build.Usb;

/// <summary>The firmware's own tables of USB modes, endpoints and FIFO sizes, compiled and run here: what is checked is what the image does.</summary>
sealed class UsbTables
{
    private readonly Assembly _tables;

    public UsbTables() : this([Repository.At("firmware", "usb", "UsbEndpoint.cs"), Repository.At("firmware", "usb", "modes"), Repository.At("hal", "usb", "OtgCores.cs")])
    {
    }

    /// <param name="sources">Files or folders.</param>
    public UsbTables(IReadOnlyList<string> sources)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation compilation = CSharpCompilation.Create("UsbTables",
            SourceFile.In(sources).Select(source => CSharpSyntaxTree.ParseText(System.Text.Encoding.UTF8.GetString(source.Bytes), path: source.Path)),
            platform.Split(Path.PathSeparator).Where(File.Exists).Select(file => MetadataReference.CreateFromFile(file)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        if (!result.Success) throw new BuildError(CSharp.Report([.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]));
        _tables = Assembly.Load(image.ToArray());
    }

    public IEnumerable<dynamic> Modes => ((IEnumerable<object>)Call("SharpProbe.Usb.UsbModes", "Rows"));

    public int ReceiveWords(bool high, int endpoints) => (int)Call("SharpProbe.Usb.FifoBudget", "ReceiveWords", high, endpoints);

    public int InWords(object endpoint, bool high) => (int)Call("SharpProbe.Usb.FifoBudget", "InWords", endpoint, high);

    public int Words(object endpoints, bool high, int count) => (int)Call("SharpProbe.Usb.FifoBudget", "Words", endpoints, high, count);

    /// <summary>Endpoints in each direction, 0 included, and words of FIFO memory.</summary>
    public (int Endpoints, int Words) Core(string family) => (Constant("Endpoints" + family), Constant("FifoWords" + family));

    private int Constant(string name) => (int)_tables.GetType("SharpProbe.Hal.OtgCores", true)!.GetField(name)!.GetRawConstantValue()!;

    private object Call(string type, string method, params object[] arguments) => _tables.GetType(type, true)!.GetMethod(method)!.Invoke(null, arguments)!;
}
