using System.Text;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Scs;

/// <summary>
/// The host's side of semihosting: BKPT 0xAB with the operation in R0 and its parameter block in R1 (Arm "Semihosting for AArch32 and AArch64",
/// operations 0x01 to 0x31). Files are confined to <see cref="Directory"/>; the console is a delegate. Nothing depends on the host's clock:
/// time is simulated time from a fixed date, so that runs repeat.
/// </summary>
public sealed class Semihosting
{
    private const uint Failure = uint.MaxValue;
    private const uint ApplicationExit = 0x20026;

    private readonly TimeBase _time;
    private readonly SemihostingFiles _files;
    private readonly Dictionary<uint, Func<Core, uint, uint>> _operations;
    private uint _errno;

    /// <param name="time">For SYS_CLOCK, SYS_TIME and SYS_ELAPSED.</param>
    /// <param name="directory">Host directory that files are opened in; null: no files but the console.</param>
    public Semihosting(TimeBase time, string? directory = null)
    {
        (_time, Directory) = (time, directory);
        _files = new(directory, text => Console?.Invoke(text), () => Input?.Invoke() ?? -1);
        _operations = new()
        {
            [0x01] = Open, [0x02] = Close, [0x03] = WriteC, [0x04] = Write0, [0x05] = Write, [0x06] = Read, [0x07] = (_, _) => ReadC(),
            [0x08] = (_, _) => 0, [0x09] = IsTty, [0x0A] = Seek, [0x0C] = Length, [0x0D] = TemporaryName, [0x0E] = Remove, [0x0F] = Rename,
            [0x10] = (_, _) => (uint)(_time.Now / (TimeBase.Second / 100)), [0x11] = (_, _) => (uint)(StartTime + _time.Now / TimeBase.Second),
            [0x12] = (_, _) => Failure, [0x13] = (_, _) => _errno, [0x15] = CommandLineText, [0x16] = Heap, [0x18] = ExitSimple, [0x20] = ExitExtended,
            [0x30] = Elapsed, [0x31] = (_, _) => (uint)Math.Min(_time.Hertz, uint.MaxValue),
        };
    }

    /// <summary>Host directory of the files.</summary>
    public string? Directory { get; }

    /// <summary>Takes console output.</summary>
    public Action<string>? Console { get; set; }

    /// <summary>Gives one byte of console input, or -1 when there is none.</summary>
    public Func<int>? Input { get; set; }

    /// <summary>What SYS_GET_CMDLINE answers.</summary>
    public string CommandLine { get; set; } = "";

    /// <summary>SYS_HEAPINFO: heap base, heap limit, stack base, stack limit; zeros mean "use your own".</summary>
    public (uint HeapBase, uint HeapLimit, uint StackBase, uint StackLimit) HeapInfo { get; set; }

    /// <summary>Seconds since 1970 that simulated time begins at.</summary>
    public ulong StartTime { get; set; } = 1_700_000_000;

    /// <summary>Exit code after SYS_EXIT or SYS_EXIT_EXTENDED; null while the program runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Raised when the program ends. The core is halted already.</summary>
    public Action<int>? Exited { get; set; }

    /// <summary>Does the operation in R0; the answer goes to R0.</summary>
    internal void Call(Core core)
    {
        uint operation = core[0];
        if (!_operations.TryGetValue(operation, out var serve)) throw new BenchStop($"semihosting operation 0x{operation:X2} is not modelled");
        core[0] = serve(core, core[1]);
    }

    private uint Open(Core core, uint block)
    {
        string name = Text(core, Word(core, block, 0), Word(core, block, 2));
        return Result(_files.Open(name, Word(core, block, 1)));
    }

    private uint Close(Core core, uint block) => Result(_files.Close(Word(core, block, 0)) ? 0 : -1);

    private uint WriteC(Core core, uint address)
    {
        Console?.Invoke(((char)Byte(core, address)).ToString());
        return 0;
    }

    private uint Write0(Core core, uint address)
    {
        const int Limit = 1 << 16;
        var bytes = new List<byte>();
        for (byte b; bytes.Count < Limit && (b = Byte(core, address + (uint)bytes.Count)) != 0;) bytes.Add(b);
        Console?.Invoke(Encoding.UTF8.GetString([.. bytes]));
        return 0;
    }

    /// <summary>Answers the number of bytes not written.</summary>
    private uint Write(Core core, uint block)
    {
        byte[] data = Bytes(core, Word(core, block, 1), Word(core, block, 2));
        return _files.Write(Word(core, block, 0), data) ? 0 : (uint)data.Length;
    }

    /// <summary>Answers the number of bytes not read.</summary>
    private uint Read(Core core, uint block)
    {
        uint address = Word(core, block, 1), count = Word(core, block, 2);
        byte[] data = _files.Read(Word(core, block, 0), (int)Math.Min(count, 1 << 20));
        for (int i = 0; i < data.Length; i++) core.Bus.Write(address + (uint)i, data[i], 1);
        return count - (uint)data.Length;
    }

    private uint ReadC() => (uint)(Input?.Invoke() ?? -1);
    private uint IsTty(Core core, uint block) => _files.IsConsole(Word(core, block, 0)) ? 1u : 0;
    private uint Seek(Core core, uint block) => Result(_files.Seek(Word(core, block, 0), Word(core, block, 1)) ? 0 : -1);
    private uint Length(Core core, uint block) => Result(_files.Length(Word(core, block, 0)));
    private uint Remove(Core core, uint block) => Result(_files.Remove(Text(core, Word(core, block, 0), Word(core, block, 1))) ? 0 : -1);

    private uint Rename(Core core, uint block) => Result(
        _files.Rename(Text(core, Word(core, block, 0), Word(core, block, 1)), Text(core, Word(core, block, 2), Word(core, block, 3))) ? 0 : -1);

    private uint TemporaryName(Core core, uint block) => PutText(core, Word(core, block, 0), Word(core, block, 2), $"tmp{Word(core, block, 1) & 0xFF:D3}");

    private uint CommandLineText(Core core, uint block)
    {
        uint answer = PutText(core, Word(core, block, 0), Word(core, block, 1), CommandLine);
        if (answer == 0) core.Bus.Write(block + 4, (uint)Encoding.UTF8.GetByteCount(CommandLine), 4);
        return answer;
    }

    private uint Heap(Core core, uint block)
    {
        uint target = Word(core, block, 0);
        uint[] values = [HeapInfo.HeapBase, HeapInfo.HeapLimit, HeapInfo.StackBase, HeapInfo.StackLimit];
        for (int i = 0; i < 4; i++) core.Bus.Write(target + (uint)i * 4, values[i], 4);
        return 0;
    }

    private uint Elapsed(Core core, uint block)
    {
        core.Bus.Write(block, (uint)_time.Cycles, 4);
        core.Bus.Write(block + 4, (uint)(_time.Cycles >> 32), 4);
        return 0;
    }

    /// <summary>SYS_EXIT of 32-bit code: R1 is the reason itself; anything but a normal exit counts as failure.</summary>
    private uint ExitSimple(Core core, uint reason) => Exit(core, reason == ApplicationExit ? 0 : 1);

    private uint ExitExtended(Core core, uint block) =>
        Exit(core, Word(core, block, 0) == ApplicationExit ? (int)Word(core, block, 1) : 1);

    private uint Exit(Core core, int code)
    {
        ExitCode = code;
        core.Halted = true;
        Exited?.Invoke(code);
        return 0;
    }

    private uint Result(int value)
    {
        if (value < 0) _errno = 2;      // ENOENT, for want of a better one
        return (uint)value;
    }

    private static uint Word(Core core, uint block, int index) => core.Bus.Read(block + (uint)index * 4, 4);
    private static byte Byte(Core core, uint address) => (byte)core.Bus.Read(address, 1);
    private static string Text(Core core, uint address, uint length) => Encoding.UTF8.GetString(Bytes(core, address, Math.Min(length, 4096)));

    private static byte[] Bytes(Core core, uint address, uint length)
    {
        var data = new byte[Math.Min(length, 1 << 20)];
        for (int i = 0; i < data.Length; i++) data[i] = Byte(core, address + (uint)i);
        return data;
    }

    private static uint PutText(Core core, uint address, uint size, string text)
    {
        byte[] data = Encoding.UTF8.GetBytes(text);
        if (data.Length + 1 > size) return Failure;
        for (int i = 0; i < data.Length; i++) core.Bus.Write(address + (uint)i, data[i], 1);
        core.Bus.Write(address + (uint)data.Length, 0, 1);
        return 0;
    }
}
