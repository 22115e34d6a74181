using System.Security.Cryptography;
using System.Text;
using SharpProbe.Build.Elf;
using SharpProbe.Build.Images;
using SharpProbe.Build.Link;
using SharpProbe.Build.PostLink;
using SharpProbe.Build.Usb;

namespace SharpProbe.Build.Compile;

/// <summary>Makes one target's outputs from its sources, unless they are there already: a stamp holds the hash of everything that goes in.</summary>
static class ImageBuilder
{
    private const string Application = "app", Core = "System.Private.CoreLib";

    private static readonly string[] Extensions = [".elf", ".bin", ".hex", ".dfu", ".map", ".size.txt", ".rewrite.txt"];

    /// <returns>True where something was built.</returns>
    public static bool Build(Target target, bool nearCalls = true)
    {
        using BuildLock _ = BuildLock.Take();
        List<SourceFile> core = SourceFile.In([Repository.At("zerolib")]), application = SourceFile.In(target.Sources);
        if (application.Count == 0) throw new BuildError($"{target.Name}: no sources in {string.Join(", ", target.Sources.Select(Repository.Relative))}");
        application.Add(BuildInfo.Source(target.Name));
        string stamp = Hash(target, [.. core, .. application], nearCalls), stampFile = target.Intermediate("stamp");
        if (File.Exists(stampFile) && File.ReadAllText(stampFile) == stamp && Extensions.All(extension => File.Exists(target.File(extension))))
        {
            Progress.Line($"{target.Name}: up to date");
            return false;
        }
        Directory.CreateDirectory(target.Intermediate(""));
        File.Delete(stampFile);

        if (target.Placement == Placement.Application) UsbBudget.Check(UsbBoard.Of(target.Name), new());
        Progress.Step($"{target.Name}: C#");
        string coreLibrary = CoreLibrary(core);
        string folder = target.Intermediate("");
        CSharp.Compile(Application, application, coreLibrary, folder);
        Progress.Step($"{target.Name}: IL to Thumb-2");
        Ilc.Run(folder, Application, coreLibrary);
        Progress.Step($"{target.Name}: rewrite and link");
        List<MethodName> methods = MethodStatistics.Read(target.Intermediate(Application + ".mstat"));
        ElfObject compiled = ElfObject.Read(target.Intermediate(Application + ".o"));
        RewriteReport report = new Rewriter(compiled, methods, nearCalls).Run();
        new ConstantData(compiled).Run();
        string rewritten = target.Intermediate(Application + ".rewritten.o");
        compiled.Write(rewritten);
        Linker.Run(target, rewritten, target.File(".elf"), target.File(".map"));
        if (target.Placement == Placement.Application) ApplicationHeader.Fill(target.File(".elf"), ApplicationHeader.ProductVersion);

        ElfObject elf = ElfObject.Read(target.File(".elf"));
        FloatCheck.Run(target.Name, elf);
        FlashImage image = FlashImage.From(elf);
        File.WriteAllBytes(target.File(".bin"), image.Bytes);
        File.WriteAllText(target.File(".hex"), IntelHex.Write(image));
        File.WriteAllBytes(target.File(".dfu"), DfuSe.Write(image, $"SharpProbe {target.Name}"));
        File.WriteAllText(target.File(".size.txt"), SizeTable.Write(target.Name, elf, report, methods));
        File.WriteAllLines(target.File(".rewrite.txt"), report.Lines());
        File.WriteAllText(stampFile, stamp);
        Progress.Line($"{target.Name}: {image.Bytes.Length} bytes of flash -> {Repository.Relative(target.File(".elf"))}");
        return true;
    }

    /// <summary>The core library is the same for every target: compiled once for each state of its sources.</summary>
    private static string CoreLibrary(List<SourceFile> sources)
    {
        string folder = Path.Combine(Repository.Out, "zerolib"), stampFile = Path.Combine(folder, "stamp"), dll = Path.Combine(folder, Core + ".dll");
        string stamp = Digest(sources.SelectMany(source => Encoding.UTF8.GetBytes(source.Path).Concat(source.Hash)).Concat(Driver()));
        if (File.Exists(stampFile) && File.ReadAllText(stampFile) == stamp && File.Exists(dll)) return dll;
        CSharp.Compile(Core, sources, null, folder);
        File.WriteAllText(stampFile, stamp);
        return dll;
    }

    private static string Hash(Target target, IEnumerable<SourceFile> sources, bool nearCalls)
    {
        IEnumerable<SourceFile> scripts = target.LinkFolders.Append(Repository.At("linker")).Distinct()
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.ld"))
            .Order(StringComparer.Ordinal)
            .Select(SourceFile.Read);
        return Digest(sources.Concat(scripts).SelectMany(source => Encoding.UTF8.GetBytes(source.Path).Concat(source.Hash))
            .Concat(Driver())
            .Append((byte)(nearCalls ? 1 : 0)));
    }

    /// <summary>Another driver may build another image.</summary>
    private static byte[] Driver() => typeof(ImageBuilder).Module.ModuleVersionId.ToByteArray();

    private static string Digest(IEnumerable<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes.ToArray()));
}
