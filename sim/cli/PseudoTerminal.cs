using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SharpProbe.Sim.Cli;

/// <summary>A new pseudo terminal (posix_openpt), raw: bytes pass as they are.</summary>
internal static partial class PseudoTerminal
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, Now = 0, TermiosSize = 256;

    /// <summary>Opens one; the path is what a terminal program opens.</summary>
    public static FileStream Open(out string path)
    {
        if (!OperatingSystem.IsLinux()) throw new UsageError("--uart pty: only on Linux; there is --uart tcp:PORT");
        int master = posix_openpt(ReadWrite | NoControllingTerminal);
        if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) throw new IOException("no pseudo terminal can be opened");
        path = Marshal.PtrToStringUTF8(ptsname(master)) ?? throw new IOException("the pseudo terminal has no name");
        // Held open, so that the line stays while no program has it; and raw before anybody writes.
        int slave = open(path, ReadWrite | NoControllingTerminal);
        byte[] settings = new byte[TermiosSize];
        if (tcgetattr(slave, settings) == 0)
        {
            cfmakeraw(settings);
            tcsetattr(slave, Now, settings);
        }
        return new FileStream(new SafeFileHandle(master, true), FileAccess.ReadWrite, 0);
    }

    [LibraryImport("libc")] private static partial int posix_openpt(int flags);
    [LibraryImport("libc")] private static partial int grantpt(int file);
    [LibraryImport("libc")] private static partial int unlockpt(int file);
    [LibraryImport("libc")] private static partial nint ptsname(int file);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int open(string path, int flags);
    [LibraryImport("libc")] private static partial int tcgetattr(int file, byte[] settings);
    [LibraryImport("libc")] private static partial int tcsetattr(int file, int when, byte[] settings);
    [LibraryImport("libc")] private static partial void cfmakeraw(byte[] settings);
}
