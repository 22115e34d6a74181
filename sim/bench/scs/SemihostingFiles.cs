using System.Text;

namespace SharpProbe.Sim.Scs;

/// <summary>Open files of a semihosted program. ":tt" is the console; every other name must stay inside the directory.</summary>
internal sealed class SemihostingFiles(string? directory, Action<string> console, Func<int> input)
{
    private const string ConsoleName = ":tt";

    // fopen modes by number: r rb r+ r+b w wb w+ w+b a ab a+ a+b.
    private static readonly (FileMode Mode, FileAccess Access)[] Modes =
    [
        (FileMode.Open, FileAccess.Read), (FileMode.Open, FileAccess.Read), (FileMode.Open, FileAccess.ReadWrite), (FileMode.Open, FileAccess.ReadWrite),
        (FileMode.Create, FileAccess.Write), (FileMode.Create, FileAccess.Write), (FileMode.Create, FileAccess.ReadWrite), (FileMode.Create, FileAccess.ReadWrite),
        (FileMode.Append, FileAccess.Write), (FileMode.Append, FileAccess.Write), (FileMode.OpenOrCreate, FileAccess.ReadWrite), (FileMode.OpenOrCreate, FileAccess.ReadWrite),
    ];

    // Null stands for the console.
    private readonly Dictionary<uint, FileStream?> _open = [];
    private uint _next = 1;

    /// <summary>A handle, or -1.</summary>
    public int Open(string name, uint mode)
    {
        if (mode >= Modes.Length) return -1;
        FileStream? stream = null;
        if (name != ConsoleName)
        {
            if (PathOf(name) is not { } path) return -1;
            try
            {
                stream = new FileStream(path, Modes[mode].Mode, Modes[mode].Access);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return -1;
            }
        }
        _open.Add(_next, stream);
        return (int)_next++;
    }

    public bool Close(uint handle)
    {
        if (!_open.Remove(handle, out var stream)) return false;
        stream?.Dispose();
        return true;
    }

    public bool Write(uint handle, byte[] data)
    {
        if (!_open.TryGetValue(handle, out var stream)) return false;
        if (stream is null) console(Encoding.UTF8.GetString(data));
        else if (!stream.CanWrite) return false;
        else stream.Write(data);
        return true;
    }

    /// <summary>What could be read, at most <paramref name="count"/> bytes.</summary>
    public byte[] Read(uint handle, int count)
    {
        if (!_open.TryGetValue(handle, out var stream)) return [];
        if (stream is null) return ReadConsole(count);
        if (!stream.CanRead) return [];
        var buffer = new byte[count];
        int got = stream.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
        return buffer[..got];
    }

    public bool IsConsole(uint handle) => _open.TryGetValue(handle, out var stream) && stream is null;

    public bool Seek(uint handle, uint position)
    {
        if (!_open.TryGetValue(handle, out var stream) || stream is null || position > stream.Length) return false;
        stream.Position = position;
        return true;
    }

    /// <summary>Bytes, or -1.</summary>
    public int Length(uint handle) => _open.TryGetValue(handle, out var stream) && stream is not null ? (int)stream.Length : -1;

    public bool Remove(string name)
    {
        if (PathOf(name) is not { } path || !File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }

    public bool Rename(string from, string to)
    {
        if (PathOf(from) is not { } source || PathOf(to) is not { } target || !File.Exists(source)) return false;
        File.Move(source, target, overwrite: true);
        return true;
    }

    private byte[] ReadConsole(int count)
    {
        var data = new List<byte>();
        for (int b; data.Count < count && (b = input()) >= 0;)
        {
            data.Add((byte)b);
            if (b == '\n') break;
        }
        return [.. data];
    }

    /// <summary>The host path, or null when files are off or the name leads out of the directory.</summary>
    private string? PathOf(string name)
    {
        if (directory is null) return null;
        string root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : null;
    }
}
