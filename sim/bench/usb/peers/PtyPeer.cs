using System.Runtime.InteropServices;

namespace SharpProbe.Sim.Usb;

/// <summary>A pseudo terminal, raw, with a symbolic link that keeps its name while pseudo terminals come and go. Linux only.</summary>
public sealed partial class PtyPeer : IHostPeer
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000, Now = 0, TermiosSize = 256, InputQueue = 0;
    private const short Input = 1, HangsUp = 16;

    private readonly string? _link;
    private int _master;

    /// <param name="link">Symbolic link to make, e.g. out/pty/gdb; null for none.</param>
    public PtyPeer(string? link = null)
    {
        if (!OperatingSystem.IsLinux()) throw new NotSupportedException("pseudo terminals are there on Linux only; use TCP");
        _link = link is null ? null : System.IO.Path.GetFullPath(link);
        Open();
    }

    /// <summary>/dev/pts/N.</summary>
    public string Path { get; private set; } = "";

    public string Place => _link ?? Path;

    // The master hangs up while no slave is open (tty_io: TTY_OTHER_CLOSED), once one has been.
    public bool IsConnected => (Poll(0) & HangsUp) == 0;

    public int Take(Span<byte> buffer) => (int)Math.Max(0, read(_master, ref MemoryMarshal.GetReference(buffer), buffer.Length));

    public int Give(ReadOnlySpan<byte> bytes) => (int)Math.Max(0, write(_master, in MemoryMarshal.GetReference(bytes), bytes.Length));

    public bool Wait(int milliseconds)
    {
        short events = Poll(milliseconds);
        if ((events & HangsUp) == 0) return events != 0;
        // Nobody has it open: poll returns at once.
        Thread.Sleep(Math.Min(milliseconds, 5));
        return IsConnected;
    }

    public void HangUp()
    {
        close(_master);
        Open();
    }

    public void Forget()
    {
        int slave = open(Path, ReadWrite | NoControllingTerminal | CloseOnExec);
        tcflush(slave, InputQueue);
        close(slave);
    }

    public void Dispose()
    {
        if (_master < 0) return;
        close(_master);
        _master = -1;
        if (_link is not null && new FileInfo(_link).LinkTarget == Path) File.Delete(_link);
    }

    private void Open()
    {
        _master = posix_openpt(ReadWrite | NoControllingTerminal | CloseOnExec | NonBlocking);
        if (_master < 0 || grantpt(_master) != 0 || unlockpt(_master) != 0) throw new IOException("no pseudo terminal can be opened");
        Path = Marshal.PtrToStringUTF8(ptsname(_master)) ?? throw new IOException("the pseudo terminal has no name");
        // Raw before anybody writes. The settings stay while the master is open.
        int slave = open(Path, ReadWrite | NoControllingTerminal | CloseOnExec);
        byte[] settings = new byte[TermiosSize];
        if (tcgetattr(slave, settings) == 0)
        {
            cfmakeraw(settings);
            tcsetattr(slave, Now, settings);
        }
        close(slave);
        if (_link is null) return;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_link)!);
        string next = _link + ".new";
        File.Delete(next);
        File.CreateSymbolicLink(next, Path);
        File.Move(next, _link, overwrite: true);
    }

    private short Poll(int milliseconds)
    {
        var entry = new PollEntry { File = _master, Events = Input };
        return poll(ref entry, 1, milliseconds) > 0 ? entry.Returned : (short)0;
    }

    private struct PollEntry
    {
        public int File;
        public short Events, Returned;
    }

    [LibraryImport("libc")] private static partial int posix_openpt(int flags);
    [LibraryImport("libc")] private static partial int grantpt(int file);
    [LibraryImport("libc")] private static partial int unlockpt(int file);
    [LibraryImport("libc")] private static partial nint ptsname(int file);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int open(string path, int flags);
    [LibraryImport("libc")] private static partial int close(int file);
    [LibraryImport("libc")] private static partial nint read(int file, ref byte buffer, nint count);
    [LibraryImport("libc")] private static partial nint write(int file, in byte buffer, nint count);
    [LibraryImport("libc")] private static partial int poll(ref PollEntry entries, nuint count, int milliseconds);
    [LibraryImport("libc")] private static partial int tcflush(int file, int queue);
    [LibraryImport("libc")] private static partial int tcgetattr(int file, byte[] settings);
    [LibraryImport("libc")] private static partial int tcsetattr(int file, int when, byte[] settings);
    [LibraryImport("libc")] private static partial void cfmakeraw(byte[] settings);
}
