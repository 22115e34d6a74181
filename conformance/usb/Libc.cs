using System.Runtime.InteropServices;

namespace SharpProbe.Conformance.Usb;

/// <summary>Linux' own calls for device nodes: .NET's streams cannot wait for a while only.</summary>
static unsafe partial class Libc
{
    public const int ReadWrite = 2, CloseOnExec = 0x8_0000;
    public const short In = 1, Error = 8, HungUp = 16;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFile* files, nuint count, int milliseconds);

    public struct PollFile
    {
        public int File;
        public short Events, Happened;
    }
}
