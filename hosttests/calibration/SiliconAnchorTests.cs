using SharpProbe.Sim.Cpu;

namespace SharpProbe.Tests.Calibration;

/// <summary>The measurements on real silicon that the cycle model must meet within a fifth (DESIGN.md, "Timing truth").</summary>
public class SiliconAnchorTests
{
    private const uint Ram = CalibrationBench.Ram, PinObject = Ram + 0x100, Stack = Ram + 0x200;

    // ldr r3,[r0,#12] / ldr r2,[r0,#8] / str r2,[r3,#24] / the same with lsls r2,r2,#16 / ldr r3,[sp,#4] / adds r3,#1 / str r3,[sp,#4] / ldr r3,[sp,#4] / cmp r3,r4 / bne
    private static readonly ushort[] SwclkLoop =
        [0x68C3, 0x6882, 0x619A, 0x68C3, 0x6882, 0x0412, 0x619A, 0x9B01, 0x3301, 0x9301, 0x9B01, 0x42A3, 0xD1F2, 0xE7FE];

    // nop / ldr r3,[sp,#4] / subs r2,r3,#1 / str r2,[sp,#4] / cmp r3,#0 / bne
    private static readonly ushort[] DelayLoop = [0xBF00, 0x9B01, 0x1E5A, 0x9201, 0x2B00, 0xD1F9, 0xE7FE];

    // and.w r3,r0,#1 / lsrs r0,r0,#1 / rsb r3,r3,#16 / lsl.w r3,r5,r3 / str r3,[r1,#24] / str r6,[r2,#24] / str r7,[r2,#24] / subs r4,#1 / bne
    private static readonly ushort[] BitLoop =
        [0xF000, 0x0301, 0x0840, 0xF1C3, 0x0310, 0xFA05, 0xF303, 0x618B, 0x6196, 0x6197, 0x3C01, 0xD1F3, 0xE7FE];

    [Fact] public void Clock_loop_takes_15_cycles_on_the_F7() => AssertNear(15, ClockLoop(CalibrationBench.F7(), 0x4002_0000));

    [Fact] public void Clock_loop_takes_24_cycles_on_the_H7_with_its_AHB_at_half_speed() => AssertNear(24, ClockLoop(CalibrationBench.H7(), 0x5802_0000));

    [Fact] public void Delay_loop_takes_3_cycles_on_the_F7() => AssertNear(3, Delay(CalibrationBench.F7()));

    [Fact] public void Delay_loop_takes_3_cycles_on_the_H7() => AssertNear(3, Delay(CalibrationBench.H7()));

    [Fact]
    public void Three_stores_on_two_ports_take_12_cycles_a_bit_on_the_F7()
    {
        var bench = CalibrationBench.F7();
        (bench.Core[1], bench.Core[2], bench.Core[4]) = (0x4002_0000, 0x4002_0080, 1_000_000);
        AssertNear(12, bench.CyclesPerTurn(9, BitLoop));
    }

    [Fact]
    public void Clock_is_high_as_long_as_it_is_low_where_the_bus_is_the_limit()
    {
        var bench = CalibrationBench.H7();
        ClockLoop(bench, 0x5802_0000);
        var (rise, fall, next) = (bench.Stores[^3].Cycle, bench.Stores[^2].Cycle, bench.Stores[^1].Cycle);
        Assert.Equal(fall - rise, next - fall);
    }

    private static double ClockLoop(CalibrationBench bench, uint gpio)
    {
        bench.Store(PinObject + 8, 1u << 6);
        bench.Store(PinObject + 12, gpio);
        (bench.Core[0], bench.Core[4], bench.Core[13]) = (PinObject, 1_000_000, Stack);
        return bench.CyclesPerTurn(13, SwclkLoop);
    }

    private static double Delay(CalibrationBench bench)
    {
        bench.Store(Stack + 4, 1_000_000);
        bench.Core[13] = Stack;
        return bench.CyclesPerTurn(6, DelayLoop);
    }

    private static void AssertNear(double silicon, double bench) =>
        Assert.True(Math.Abs(bench - silicon) <= silicon / 5, $"silicon {silicon} cycles, bench {bench}");
}
