using SharpProbe.Sim.Cpu;
using SharpProbe.Sim.Qemu;

namespace SharpProbe.Tests.Qemu;

/// <summary>The comparison itself, on two of the bench's own machines of which one has a fault planted.</summary>
public class LocatingTests
{
    /// <summary>A core whose CLZ does what RBIT should: it differs from CLZ in two bits of the encoding.</summary>
    private sealed class FaultyMachine : ITestMachine
    {
        private readonly BenchMachine _machine = new(CoreKind.CortexM7Double);
        public uint StackPointer => _machine.StackPointer;
        public uint Run(uint entry) => _machine.Run(entry);
        public void Read(uint address, Span<byte> bytes) => _machine.Read(address, bytes);
        public void Dispose() => _machine.Dispose();

        public void Write(uint address, ReadOnlySpan<byte> bytes)
        {
            byte[] code = bytes.ToArray();
            if (address == TestLayout.Code)
                for (int i = 0; i + 3 < code.Length; i += 2)
                    if ((code[i] & 0xF0) == 0xB0 && code[i + 1] == 0xFA && (code[i + 3] & 0xF0) == 0xF0 && (code[i + 2] & 0xF0) == 0x80)
                        (code[i], code[i + 2]) = ((byte)(code[i] & 0x0F | 0x90), (byte)(code[i + 2] & 0x0F | 0xA0));
            _machine.Write(address, code);
        }
    }

    [Fact]
    public void A_wrong_instruction_is_located()
    {
        using var reference = new BenchMachine(CoreKind.CortexM7Double);
        using var faulty = new FaultyMachine();
        var result = QemuComparison.Run(reference, faulty, CoreKind.CortexM7Double, 20_000, 1);
        Assert.NotEmpty(result.Differences);
        Assert.All(result.Differences, d => Assert.Contains(d.Lines, l => l.ToString().Contains("CLZ")));
    }

    [Fact]
    public void Equal_machines_show_no_difference()
    {
        using var one = new BenchMachine(CoreKind.CortexM7Double);
        using var other = new BenchMachine(CoreKind.CortexM7Double);
        Assert.Empty(QemuComparison.Run(one, other, CoreKind.CortexM7Double, 20_000, 1).Differences);
    }
}
