using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Sim.Targets;
using SharpProbe.Target;
using SharpProbe.Target.Flash;
using static SharpProbe.Tests.Debugging.BenchTarget;

namespace SharpProbe.Tests.Debugging;

/// <summary>Code of the probe's in the target's RAM: the loader with two buffers, and calls of functions.</summary>
public class LoaderTests
{
    private const uint Destination = Ram + 0x2000;

    private static readonly MemoryRegion s_region = new(Destination, 0x2000, 16);

    private static BenchTarget Attached() => new BenchTarget(TargetKind.Genuine, 0xE7FE).Attached();

    private static uint[] Registers(BenchTarget bench) => [.. Enumerable.Range(0, 16).Append(25).Append(26).Append(27).Select(bench.Register)];

    [Theory]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(4000)]
    public void What_goes_through_both_buffers_arrives(int length)
    {
        var bench = Attached();
        var loader = new CopyLoader(bench);
        byte[] data = Noise(length);
        Succeeds(loader.Open(bench.Core));
        Succeeds(loader.Program(s_region, Destination, data));
        Succeeds(loader.Close());
        Assert.Equal(data, bench.Read(Destination, length));
    }

    [Fact]
    public void The_core_has_its_registers_back()
    {
        var bench = Attached();
        for (int i = 0; i < 15; i++) bench.Register(i, (uint)(0x2000_0100 + i * 0x1111_1110));
        bench.Register(31, 2);
        uint[] before = Registers(bench);
        var loader = new CopyLoader(bench);
        Succeeds(loader.Open(bench.Core));
        Succeeds(loader.Program(s_region, Destination, Noise(64)));
        Succeeds(loader.Close());
        Assert.Equal(before, Registers(bench));
        Assert.Equal(2u, bench.Register(31) & 0xFF);
    }

    [Fact]
    public void A_status_is_told_with_the_address_of_its_buffer()
    {
        var bench = Attached();
        var loader = new CopyLoader(bench);
        byte[] data = Noise(1024);
        data.AsSpan(512, 4).Clear();
        Succeeds(loader.Open(bench.Core));
        DebugFault fault = loader.Program(s_region, Destination, data);
        DebugFault end = loader.Close();
        Assert.Equal("flash controller fails at 0x20002200, error 7", Words(fault.Failed ? fault : end));
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void Code_that_hangs_is_stopped()
    {
        var bench = Attached();
        var loader = new CopyLoader(bench);
        byte[] data = Noise(32);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(16), 0xDEAD_BEEF);
        Succeeds(loader.Open(bench.Core));
        Succeeds(loader.Program(s_region, Destination, data));
        Assert.Equal("flash controller stays busy at 0x20002000", Words(loader.Close()));
        Assert.Equal(Code, bench.Pc);
    }

    [Fact]
    public void A_function_is_called_with_arguments_and_gives_its_result()
    {
        var bench = Attached();
        bench.WriteCode(RamCode, 0x1840, 0x1880, 0x18C0, 0x4770);       // adds r0, r0, r1; adds r0, r0, r2; adds r0, r0, r3; bx lr
        uint[] before = Registers(bench);
        var code = new TargetCode(bench.Clock);
        Succeeds(code.Begin(bench.Core, Ram, Ram + 0x400));
        Succeeds(code.Call(RamCode | 1, 1, 20, 300, 4000, 10, out uint result));
        Assert.Equal(4321u, result);
        Succeeds(code.Call(RamCode, 1, 1, 1, 1, 10, out result));
        Assert.Equal(4u, result);
        Succeeds(code.End());
        Assert.Equal(before, Registers(bench));
    }

    [Theory]
    [InlineData(0xE7FEu, "code run on the target does not come back, pc 0x20000400")]   // b .
    [InlineData(0xBE01u, "code run on the target does not come back, pc 0x20000400")]   // bkpt
    public void A_function_that_does_not_return_is_told(uint instruction, string words)
    {
        var bench = Attached();
        bench.WriteCode(RamCode, (ushort)instruction);
        var code = new TargetCode(bench.Clock);
        Succeeds(code.Begin(bench.Core, Ram, Ram + 0x400));
        Assert.Equal(words, Words(code.Call(RamCode, 0, 0, 0, 0, 10, out _)));
        Succeeds(code.End());
        Assert.Equal(Code, bench.Pc);
    }
}
