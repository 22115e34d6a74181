using System.Reflection;
using System.Runtime.InteropServices;

namespace SharpProbe.Build.Compile;

/// <summary>The NativeAOT compiler: IL to a Thumb-2 object file.</summary>
static class Ilc
{
    private static string Folder { get; } = typeof(Ilc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(item => item.Key == "CompilerFolder").Value!;

    public static string Executable => Path.Combine(Folder, OperatingSystem.IsWindows() ? "ilc.exe" : "ilc");

    /// <summary>Compiles folder/assembly.dll and the core library to folder/assembly.o (map and statistics beside it). Run inside the folder: no path of this machine gets into the object.</summary>
    public static void Run(string folder, string assembly, string coreLibrary)
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64 || OperatingSystem.IsMacOS()) throw new BuildError("the compiler runs on x64 Linux and x64 Windows only");
        if (!File.Exists(Executable)) throw new BuildError($"the compiler package is not in NuGet's package folder ({Executable}): run \"dotnet restore build\"");
        string[] arguments =
        [
            assembly + ".dll", Path.GetRelativePath(folder, coreLibrary), "-o", assembly + ".o",
            "--targetarch", "arm", "--targetos", "linux", "-O", "--Os",
            "--nativelib", "--reflectiondata", "none", "--methodbodyfolding", "all",
            $"--generateunmanagedentrypoints:{assembly}", "--generateunmanagedentrypoints:System.Private.CoreLib",
            "--directpinvoke:*", "--map", assembly + ".map.xml", "--mstat", assembly + ".mstat", "-g",
            "--parallelism", "1",                                   // several threads would order the output by chance
        ];
        ShellResult result = Shell.Capture(Executable, arguments, folder);
        if (result.ExitCode != 0) throw new BuildError($"ilc failed ({result.ExitCode}):\n{result.Text}");
    }
}
