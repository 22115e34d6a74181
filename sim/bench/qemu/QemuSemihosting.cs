using System.Text;

namespace SharpProbe.Sim.Qemu;

/// <summary>
/// Semihosting for a program under QEMU, served over the gdb port: a breakpoint on every BKPT 0xAB, the operation done here, PC moved on.
/// QEMU's own would end the process on SYS_EXIT, and with it the memory to compare.
/// </summary>
internal sealed class QemuSemihosting(GdbRemote gdb, string commandLine)
{
    private const uint Failure = uint.MaxValue, ApplicationExit = 0x20026;
    private readonly StringBuilder _output = new();

    public string Output => _output.ToString();

    /// <summary>Does the operation that the core stands at. Returns the exit code when it was an exit.</summary>
    public int? Serve()
    {
        uint operation = gdb.ReadRegister(0), argument = gdb.ReadRegister(1), result = 0;
        switch (operation)
        {
            case 0x03: _output.Append((char)Bytes(argument, 1)[0]); break;
            case 0x04: for (byte b; (b = Bytes(argument++, 1)[0]) != 0;) _output.Append((char)b); break;
            case 0x05: _output.Append(System.Text.Encoding.Latin1.GetString(Bytes(Word(argument + 4), (int)Word(argument + 8)))); break;
            case 0x15: result = PutCommandLine(argument); break;
            case 0x18: return argument == ApplicationExit ? 0 : 1;
            case 0x20: return Word(argument) == ApplicationExit ? (int)Word(argument + 4) : 1;
            default: throw new NotSupportedException($"semihosting operation 0x{operation:X2} is not served for programs under QEMU");
        }
        gdb.WriteRegister(0, result);
        gdb.WriteRegister(15, gdb.ReadRegister(15) + 2);
        return null;
    }

    private uint PutCommandLine(uint block)
    {
        byte[] text = [.. System.Text.Encoding.Latin1.GetBytes(commandLine), 0];
        if (text.Length > Word(block + 4)) return Failure;
        gdb.WriteMemory(Word(block), text);
        gdb.WriteMemory(block + 4, BitConverter.GetBytes(text.Length - 1));
        return 0;
    }

    private byte[] Bytes(uint address, int count)
    {
        var bytes = new byte[count];
        gdb.ReadMemory(address, bytes);
        return bytes;
    }

    private uint Word(uint address) => BitConverter.ToUInt32(Bytes(address, 4));
}
