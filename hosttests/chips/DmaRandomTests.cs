using SharpProbe.Sim;
using SharpProbe.Sim.Chips;

namespace SharpProbe.Tests.Chips;

/// <summary>Memory to memory in every width, threshold and burst that the manual allows moves exactly the bytes.</summary>
public class DmaRandomTests
{
    private const uint Ram = ChipBench.Ram;

    [Fact] public void Every_legal_shape_of_a_copy_moves_the_bytes_and_no_more()
    {
        var random = new Random(1);
        int copied = 0;
        foreach (int psize in (int[])[0, 1, 2])
        foreach (int msize in (int[])[0, 1, 2])
        foreach (int burst in (int[])[0, 1, 2, 3])
        foreach (int threshold in (int[])[0, 1, 2, 3])
        {
            int burstBytes = (burst == 0 ? 1 : 2 << burst) << msize, thresholdBytes = 4 * (threshold + 1);
            if (burstBytes > thresholdBytes || thresholdBytes % burstBytes != 0) continue;
            Copy(psize, msize, burst, threshold, 16 * random.Next(1, 20), random);
            copied++;
        }
        Assert.True(copied > 40);
    }

    private static void Copy(int psize, int msize, int burst, int threshold, int bytes, Random random)
    {
        var bench = new ChipBench();
        var dma = new Dma(2, bench.Die, DmaVersion.F7, new DmaChannelsF7(bench.Die), () => 216_000_000, new int[8]);
        random.NextBytes(bench.Memory.Span);
        byte[] before = bench.Memory.Span.ToArray();
        dma.Write(0x14, (uint)(bytes >> psize), 4);
        dma.Write(0x18, Ram, 4);
        dma.Write(0x1C, Ram + 0x800, 4);
        dma.Write(0x24, (uint)(0x24 | threshold), 4);
        dma.Write(0x10, (uint)(2 << 6 | 3 << 9 | psize << 11 | msize << 13 | burst << 23 | 1), 4);
        bench.Run(TimeBase.Second / 1000);
        Assert.Equal(0x30u, dma.Read(0x00, 4));
        before.AsSpan(0, bytes).CopyTo(before.AsSpan(0x800));
        Assert.True(before.AsSpan().SequenceEqual(bench.Memory.Span), $"PSIZE {psize}, MSIZE {msize}, MBURST {burst}, FTH {threshold}, {bytes} bytes");
    }
}
