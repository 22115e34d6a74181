using System.Security.Cryptography;
using System.Text;
using SharpProbe.Build.Setup;

namespace SharpProbe.Build.Guest;

/// <summary>
/// A Linux computer to plug simulated probes into: Debian's kernel, unpacked and never installed, and a first file system of a few modules and two scripts. Its programs are the
/// host's own. Made once into out/guest/.
/// </summary>
static class GuestImage
{
    private static readonly string[] Modules =
        ["virtio_pci", "9p", "9pnet_virtio", "overlay", "virtio_console", "xhci_pci", "cdc_acm", "usbhid", "hid_generic", "usbmon", "virtio_net", "vhci_hcd"];

    private static readonly string[] Scripts = ["init", "agent"];

    // XZ file format, 2.1.1.1.
    private static readonly byte[] s_xz = [0xFD, .. "7zXZ"u8, 0];

    public static string Folder => Repository.At("out", "guest");
    public static string Kernel => Path.Combine(Folder, "vmlinux");
    public static string FirstFiles => Path.Combine(Folder, "initrd.cpio");
    private static string Stamp => Path.Combine(Folder, "stamp");

    /// <summary>What is missing, in a sentence; null when a guest can be started.</summary>
    public static string? WhyNot
    {
        get
        {
            if (WhyImpossible is { } reason) return reason;
            if (Tool.Guest.Where(tool => !tool.IsPresent).Select(tool => tool.Package).Distinct().ToArray() is { Length: > 0 } missing)
                return $"no Linux guest: {string.Join(", ", missing)} missing: ./build.sh setup";
            // One of an older recipe is made anew by Prepare.
            return File.Exists(Stamp) ? null : "no Linux guest: out/guest is not made: ./build.sh setup";
        }
    }

    private static string? WhyImpossible =>
        !OperatingSystem.IsLinux() || !Environment.Is64BitProcess || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64
            ? "no Linux guest: its programs are the host's, which has to be Linux on x86-64"
            : Shell.Which("apt-get") == null ? "no Linux guest: its kernel comes from Debian's packages, by apt-get" : null;

    private static bool IsMade => File.Exists(Stamp) && File.ReadAllText(Stamp) == Recipe();

    /// <summary>Installs and makes what is missing. Where that cannot be done: a sentence, and in CI an error.</summary>
    /// <returns>Whether a guest can be started.</returns>
    public static bool Offer()
    {
        try
        {
            Prepare();
            return true;
        }
        catch (BuildError error) when (!Ci.IsHere)
        {
            Progress.Line($"{error.Message}\ntests with a Linux guest are skipped");
            return false;
        }
    }

    /// <summary>Installs and makes what is missing, or ends the build.</summary>
    public static void Prepare()
    {
        if (WhyImpossible is { } reason) throw new BuildError(reason);
        Installer.Require(Tool.Guest);
        if (IsMade) return;
        Progress.Step("Linux guest: Debian's kernel");
        string work = Directory.CreateTempSubdirectory("sharpprobe-guest-").FullName;
        try
        {
            Make(work);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Make(string work)
    {
        Directory.CreateDirectory(Folder);
        File.Delete(Stamp);
        string package = KernelPackage(), version = package["linux-image-".Length..];
        string deb = Download(package, work);
        Do("dpkg-deb", ["-x", deb, work], work);
        Decompress(Path.Combine(work, "boot", "vmlinuz-" + version), work);
        Do("/sbin/depmod", ["-b", work, version], work);
        string root = Path.Combine(work, "root");
        foreach (string folder in new[] { "bin", "host", "mnt", "proc", "sys", "dev", "run" }) Directory.CreateDirectory(Path.Combine(root, folder));
        CopyModules(work, root, version);
        Do("/sbin/depmod", ["-b", root, version], work);
        File.Copy(Shell.Which("busybox")!, Path.Combine(root, "bin", "busybox"));
        foreach (string script in Scripts) File.Copy(ScriptFile(script), Path.Combine(root, script));
        Do("sh", ["-c", "find . | sort | cpio --quiet -o -H newc -R 0:0 > \"$0\"", FirstFiles], root);
        File.WriteAllText(Stamp, Recipe());
        Progress.Line($"Linux guest: kernel {version} in {Repository.Relative(Folder)}");
    }

    /// <summary>The package that linux-image-amd64 stands for now.</summary>
    private static string KernelPackage()
    {
        ShellResult result = Shell.Capture("apt-cache", ["depends", "linux-image-amd64"]);
        return Found(result) ?? Found(Updated()) ?? throw new BuildError("no Linux guest: apt-get knows no linux-image-amd64");

        static string? Found(ShellResult result) =>
            result.Text.Split('\n').Select(line => line.Trim().Split(": ")).FirstOrDefault(parts => parts is ["Depends", var name] && name.StartsWith("linux-image-", StringComparison.Ordinal))?[1];

        static ShellResult Updated()
        {
            Installer.Update();
            return Shell.Capture("apt-cache", ["depends", "linux-image-amd64"]);
        }
    }

    private static string Download(string package, string work)
    {
        ShellResult result = Shell.Capture("apt-get", ["-q", "download", package], work);
        if (result.ExitCode != 0)
        {
            Installer.Update();
            result = Shell.Capture("apt-get", ["-q", "download", package], work);
        }
        return Directory.GetFiles(work, "*.deb").SingleOrDefault() ?? throw new BuildError($"no Linux guest: apt-get could not download {package}\n{result.Text}");
    }

    /// <summary>
    /// The kernel without its wrapping: QEMU starts it as it is (PVH), and the 4 s in which an emulated processor would unpack it are saved. After the compressed kernel comes
    /// more, which xz is told to leave alone.
    /// </summary>
    private static void Decompress(string file, string work)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().IndexOf(s_xz);
        if (at < 0)
        {
            // Compressed in another way: QEMU starts that too, only slower.
            File.Copy(file, Kernel, overwrite: true);
            return;
        }
        string compressed = Path.Combine(work, "vmlinux.xz");
        File.WriteAllBytes(compressed, bytes[at..]);
        Do("sh", ["-c", "xz --single-stream -dc vmlinux.xz > \"$0\"", Kernel], work);
    }

    private static void CopyModules(string work, string root, string version)
    {
        string from = Path.Combine(work, "lib", "modules", version), to = Path.Combine(root, "lib", "modules", version);
        Directory.CreateDirectory(to);
        foreach (string line in File.ReadLines(Path.Combine(from, "modules.dep")))
        {
            // kernel/…/cdc-acm.ko: what it needs, itself with all it needs
            string[] files = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (!Modules.Contains(Path.GetFileName(files[0]).Split('.')[0].Replace('-', '_'))) continue;
            foreach (string file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
                File.Copy(Path.Combine(from, file), Path.Combine(to, file), overwrite: true);
            }
        }
        foreach (string file in Directory.GetFiles(from, "modules.builtin*").Append(Path.Combine(from, "modules.order"))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static void Do(string program, string[] arguments, string folder)
    {
        ShellResult result = Shell.Capture(program, arguments, folder);
        if (result.ExitCode != 0) throw new BuildError($"no Linux guest: {program} failed\n{result.Text}");
    }

    private static string ScriptFile(string name) => Repository.At("build", "guest", name);

    /// <summary>What an image is made of, apart from Debian's packages: those are taken as they were when it was made.</summary>
    private static string Recipe()
    {
        string text = string.Join(' ', Modules) + string.Concat(Scripts.Select(name => File.ReadAllText(ScriptFile(name)))) + File.GetLastWriteTimeUtc(Shell.Which("busybox") ?? "").Ticks;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
