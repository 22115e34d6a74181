using SharpProbe.Adi;
using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Debugging;
using SharpProbe.Tests.Wire;

namespace SharpProbe.Tests.JtagWire;

/// <summary>The firmware's JTAG against chains of the bench's TAPs.</summary>
public class ScanTests
{
    private const uint F1 = 0x3BA0_0477, Boundary = 0x1641_0041;

    private static WireRig Chain(params Tap[] taps) => new(chain: _ => new(taps));

    private static WireRig F103() => new(chain: dp => new(new PlainTap("boundary scan", 5, Boundary), new JtagDp("dp", F1, dp)));

    private static DebugFault Scan(WireRig rig, params byte[] irLengths)
    {
        Assert.True(rig.Access.UseJtag(irLengths));
        return rig.Access.Scan(0);
    }

    private static string Listed(WireRig rig)
    {
        var text = new TextLog();
        rig.Access.DescribeChain(text);
        return text.Text;
    }

    [Fact]
    public void Both_TAPs_of_an_STM32F103_are_found_and_its_access_port()
    {
        var rig = F103();
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        Assert.Equal("TAP  IR IDCODE\n  0   4 0x3BA00477 Arm debug port\n  1   5 0x16410041 STMicroelectronics boundary scan\n", Listed(rig));
        Assert.Equal(1, rig.Access.PortCount);
        Assert.Equal(0x1477_0011u, rig.Memory.Idr);
        Assert.Equal(F1, rig.Memory.DpIdr);
        Assert.Empty(rig.Port.Findings);
        Assert.Empty(rig.Port.Jtag!.Findings);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    [InlineData(9_000_000)]
    [InlineData(uint.MaxValue)]
    public void Memory_is_written_and_read_at_any_clock(uint hertz)
    {
        var rig = F103();
        rig.Access.Frequency = hertz;
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        byte[] data = new byte[hertz < 10_000 ? 8 : 1500], back = new byte[data.Length];
        new Random(1).NextBytes(data);
        BenchTarget.Succeeds(rig.Memory.Write(0x2000_0003, data));
        BenchTarget.Succeeds(rig.Memory.Flush());
        BenchTarget.Succeeds(rig.Memory.Read(0x2000_0003, back));
        Assert.Equal(data, back);
        Assert.Equal(data, rig.Bus.Bytes[3..(3 + data.Length)]);
        Assert.Empty(rig.Port.Jtag!.Findings);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(3, 0)]
    [InlineData(1, 1)]
    [InlineData(15, 16)]
    [InlineData(31, 0)]
    public void A_debug_port_is_reached_wherever_it_is_in_a_chain(int before, int after)
    {
        static Tap[] Others(int count, int from) => [.. Enumerable.Range(from, count).Select(i => new PlainTap($"tap {i}", 2 + i % 15, i % 3 == 0 ? null : 0x1000_0093u | (uint)i << 12))];
        var rig = new WireRig(chain: dp => new([.. Others(after, 0), new JtagDp("dp", F1, dp), .. Others(before, after)]));
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        BenchTarget.Succeeds(rig.Memory.Write32(0x2000_0010, 0x1234_5678));
        BenchTarget.Succeeds(rig.Memory.Read32(0x2000_0010, out uint value));
        Assert.Equal(0x1234_5678u, value);
        Assert.Equal(0x1234_5678u, rig.Bus.Word(16));
    }

    [Fact]
    public void Two_debug_ports_on_a_chain_keep_their_memories_apart()
    {
        var other = new RigBus();
        var rig = new WireRig(chain: dp => new(new JtagDp("second", 0x4BA0_0477, other.Dp), new JtagDp("first", F1, dp)));
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        Assert.Equal(2, rig.Access.PortCount);
        for (uint i = 0; i < 3; i++)
        {
            BenchTarget.Succeeds(rig.Access.Port(0).Write32(0x2000_0000 + i * 4, 0x1111_0000 + i));
            BenchTarget.Succeeds(rig.Access.Port(1).Write32(0x2000_0000 + i * 4, 0x2222_0000 + i));
        }
        for (uint i = 0; i < 3; i++)
        {
            BenchTarget.Succeeds(rig.Access.Port(0).Read32(0x2000_0000 + i * 4, out uint first));
            BenchTarget.Succeeds(rig.Access.Port(1).Read32(0x2000_0000 + i * 4, out uint second));
            Assert.Equal((0x1111_0000 + i, 0x2222_0000 + i), (first, second));
        }
    }

    [Fact]
    public void Lengths_that_cannot_be_told_are_found_by_what_is_captured_or_asked_for()
    {
        // Captures 1010…01: looks like several registers.
        Tap[] Odd() => [new PlainTap("a", 6, 0x1000_1093), new PlainTap("b", 8, 0x2000_2093) { IrCapture = 0x55 }, new PlainTap("c", 4, 0x3000_3093)];
        DebugFault fault = Scan(Chain(Odd()));
        Assert.Equal((FaultKind.IrLengths, 18u), (fault.Kind, fault.Detail));
        Assert.Equal(FaultKind.NoDebugPort, Scan(Chain(Odd()), 4, 8, 6).Kind);
        Assert.Equal(FaultKind.IrLengths, Scan(Chain(Odd()), 4, 8, 5).Kind);
        Assert.Equal(FaultKind.IrLengths, Scan(Chain(Odd()), 4, 14).Kind);
    }

    [Fact]
    public void Without_a_target_TDO_stays_high()
    {
        DebugFault fault = Scan(new WireRig());
        Assert.Equal((FaultKind.TdoStuck, 1u), (fault.Kind, fault.Detail));
    }

    [Fact]
    public void TDO_stuck_low_is_told()
    {
        var rig = F103();
        rig.Port.Jtag!.Faults.StuckTdo = false;
        DebugFault fault = Scan(rig);
        Assert.Equal((FaultKind.TdoStuck, 0u), (fault.Kind, fault.Detail));
    }

    [Fact]
    public void More_than_32_TAPs_are_refused() =>
        Assert.Equal(FaultKind.TooManyTaps, Scan(Chain([.. Enumerable.Range(0, 33).Select(i => new PlainTap($"{i}", 4, 0x1000_0093))])).Kind);

    [Fact]
    public void A_chain_broken_in_the_middle_is_told()
    {
        var rig = new WireRig(chain: dp => new(new PlainTap("boundary scan", 5, Boundary), new JtagDp("dp", F1, dp)));
        rig.Port.Jtag!.Faults.BrokenAfter = 0;
        Assert.Equal(FaultKind.TooManyTaps, Scan(rig).Kind);
    }

    [Fact]
    public void A_target_in_SWD_is_switched_to_JTAG_and_back()
    {
        var rig = F103();
        Assert.Equal(FaultKind.None, rig.Access.Scan(0).Kind);
        Assert.Equal(SwjProtocol.Swd, rig.Port.Protocol);
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        Assert.Equal(SwjProtocol.Jtag, rig.Port.Protocol);
        rig.Access.UseSwd();
        Assert.Equal(FaultKind.None, rig.Access.Scan(0).Kind);
        Assert.Equal(0x1BA0_1477u, rig.Memory.DpIdr);
        Assert.Empty(rig.Port.Findings);
    }

    [Fact]
    public void A_dormant_target_is_woken_into_JTAG()
    {
        var rig = new WireRig(ap => new(0x2BA0_2477, ap) { Start = SwjProtocol.Dormant, TargetId = 0x1234_5679 }, chain: dp => new(new JtagDp("dp", 0x6BA0_0477, dp) { Dpidr = 0x6BA0_2477 }));
        Assert.Equal(FaultKind.None, Scan(rig).Kind);
        Assert.Equal((0x6BA0_2477u, 0x1234_5679u), (rig.Memory.DpIdr, rig.Memory.TargetId));
    }
}
