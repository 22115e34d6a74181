using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>QEMU's core, driven over its gdb port.</summary>
public sealed class QemuMachine : ITestMachine
{
    private readonly QemuProcess _process;

    public QemuMachine(CoreKind kind)
    {
        _process = new(kind, StartUpImage.Bytes);
        Gdb.SetBreakpoint(TestLayout.End);
        Gdb.SetBreakpoint(TestLayout.FaultHandler);
        if (Gdb.ReadRegister(15) is var pc && pc != TestLayout.StartUp) throw new IOException($"QEMU starts at {pc:X8}");
        Gdb.Continue();
    }

    private GdbRemote Gdb => _process.Gdb;

    public uint StackPointer => Gdb.ReadRegister(13);

    public void Write(uint address, ReadOnlySpan<byte> bytes) => Gdb.WriteMemory(address, bytes);

    public void Read(uint address, Span<byte> bytes) => Gdb.ReadMemory(address, bytes);

    public uint Run(uint entry)
    {
        try
        {
            Gdb.WriteRegister(15, entry);
            Gdb.Continue();
            return Gdb.ReadRegister(15);
        }
        catch (IOException e) when (_process.LastWords is { Length: > 0 } words)
        {
            throw new IOException($"{e.Message}: {words}");
        }
    }

    public void Dispose() => _process.Dispose();
}
