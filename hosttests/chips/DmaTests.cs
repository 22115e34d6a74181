using System.Text;
using SharpProbe.Sim;
using SharpProbe.Sim.Chips;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Chips;

public class DmaTests
{
    private const uint Lisr = 0x00, Hisr = 0x04, Lifcr = 0x08, Hifcr = 0x0C;
    private const uint En = 1, TcIe = 1 << 4, M2P = 1 << 6, M2M = 2 << 6, Circ = 1 << 8, PInc = 1 << 9, MInc = 1 << 10, Dbm = 1 << 18, Ct = 1 << 19;
    private const uint Ram = ChipBench.Ram, UsartAddress = 0x4001_1000;
    private const ulong Microsecond = TimeBase.Second / 1_000_000;
    private static readonly int[] Irqs = [56, 57, 58, 59, 60, 68, 69, 70];

    private readonly ChipBench _bench = new();
    private readonly Dma _dma;
    private readonly Usart _usart;
    private readonly StringBuilder _sent = new();

    public DmaTests()
    {
        _dma = new(2, _bench.Die, DmaVersion.F7, new DmaChannelsF7(_bench.Die), () => 216_000_000, Irqs);
        _usart = new("USART1", _bench.Die, UsartVersion.F7, () => 54_000_000, 37);
        _bench.Bus.Map(UsartAddress, 0x400, _usart);
        _usart.Transmitted += (c, _) => _sent.Append((char)c);
        _usart.Write(0x08, 0xC0, 4);    // DMAT, DMAR
        _usart.Write(0x0C, 469, 4);
        _usart.Write(0x00, 0xD, 4);     // UE, RE, TE
        Encoding.ASCII.GetBytes("Hello, probe").CopyTo(_bench.Memory.Span);
    }

    private static uint S(int stream, uint register) => 0x10 + 0x18 * (uint)stream + register;

    private void Program(int stream, uint ndtr, uint par, uint m0ar, uint cr, uint fcr = 0x21)
    {
        _dma.Write(S(stream, 4), ndtr, 4);
        _dma.Write(S(stream, 8), par, 4);
        _dma.Write(S(stream, 12), m0ar, 4);
        _dma.Write(S(stream, 20), fcr, 4);
        _dma.Write(S(stream, 0), cr, 4);
        _dma.Write(S(stream, 0), cr | En, 4);
    }

    /// <summary>USART1_TX is stream 7, channel 4.</summary>
    private void Transmit(uint count, uint cr = 0) => Program(7, count, UsartAddress + 0x28, Ram, 4 << 25 | M2P | MInc | cr);

    [Fact] public void Transmits_through_the_UART_and_disables_itself()
    {
        Transmit(12, TcIe);
        _bench.Run(13 * 100 * Microsecond);
        Assert.Equal("Hello, probe", _sent.ToString());
        Assert.Equal(0u, _dma.Read(S(7, 0), 4) & En);
        Assert.Equal(0x0C00_0000u, _dma.Read(Hisr, 4));     // HTIF7 and TCIF7
        Assert.Equal([70], _bench.Interrupts);
    }

    [Fact] public void Complete_flag_is_cleared_through_IFCR()
    {
        Transmit(2, TcIe);
        _bench.Run(400 * Microsecond);
        _dma.Write(Hifcr, 0x0F40_0000, 4);
        Assert.Equal(0u, _dma.Read(Hisr, 4));
        Assert.Empty(_bench.Interrupts);
    }

    [Fact] public void Circular_transmit_goes_round_without_software()
    {
        Transmit(5, Circ);
        _bench.Run(13 * 87 * Microsecond);
        Assert.StartsWith("HelloHelloHe", _sent.ToString());
        Assert.Equal(En, _dma.Read(S(7, 0), 4) & En);
    }

    [Fact] public void Receives_into_a_circular_buffer_and_NDTR_tells_where()
    {
        var port = _bench.Port('A');
        port.Write(0x24, 0x770, 4);
        port.Write(0x00, 0xA800_0000 | 2 << 18 | 2 << 20, 4);
        Program(2, 8, UsartAddress + 0x24, Ram + 0x100, 4 << 25 | MInc | Circ);
        _usart.Receive("0123456789"u8);
        _bench.Run(11 * 87 * Microsecond);
        Assert.Equal("89234567", Encoding.ASCII.GetString(_bench.Memory.Span.Slice(0x100, 8)));
        Assert.Equal(6u, _dma.Read(S(2, 4), 4));
        Assert.Equal(0x0030_0000u, _dma.Read(Lisr, 4));     // HTIF2 and TCIF2
    }

    [Fact] public void Double_buffer_changes_its_target_at_each_end()
    {
        Encoding.ASCII.GetBytes("WORLD").CopyTo(_bench.Memory.Span[0x40..]);
        _dma.Write(S(7, 16), Ram + 0x40, 4);
        Transmit(5, Dbm);
        _bench.Run(6 * 87 * Microsecond);
        Assert.Equal(Ct, _dma.Read(S(7, 0), 4) & Ct);
        _bench.Run(5 * 87 * Microsecond);
        Assert.StartsWith("HelloWORLD", _sent.ToString());
    }

    [Fact] public void Memory_to_memory_packs_bytes_into_words_through_the_FIFO()
    {
        Program(0, 12, Ram, Ram + 0x200, M2M | PInc | MInc | 2 << 13, fcr: 0x27);
        _bench.Run(10 * Microsecond);
        Assert.Equal("Hello, probe", Encoding.ASCII.GetString(_bench.Memory.Span.Slice(0x200, 12)));
    }

    [Fact] public void Register_written_under_a_running_stream_stops_the_bench()
    {
        Transmit(12);
        Assert.Contains("DMA2.S7PAR: bits", ChipBench.StopOf(() => _dma.Write(S(7, 8), 0, 4)));
    }

    [Fact] public void Enabling_with_old_flags_stops_the_bench()
    {
        Transmit(2);
        _bench.Run(400 * Microsecond);
        Assert.Contains("stream enabled with its flags (0x30) are not cleared", ChipBench.StopOf(() => _dma.Write(S(7, 0), 4 << 25 | M2P | MInc | En, 4)));
    }

    [Fact] public void Channel_without_a_request_stops_the_bench() =>
        Assert.Contains("stream 7 enabled with CHSEL = 1", ChipBench.StopOf(() => Program(7, 1, UsartAddress + 0x28, Ram, 1 << 25 | M2P)));

    [Fact] public void Stopping_by_software_leaves_the_rest_in_NDTR_and_sets_complete()
    {
        Transmit(12);
        _bench.Run(300 * Microsecond);
        _dma.Write(S(7, 0), 4 << 25 | M2P | MInc, 4);
        _bench.Run(Microsecond);
        Assert.Equal(0u, _dma.Read(S(7, 0), 4) & En);
        Assert.InRange(_dma.Read(S(7, 4), 4), 7u, 9u);
        Assert.Equal(0x0800_0000u, _dma.Read(Hisr, 4) & 0x0800_0000);
    }

    [Fact] public void Bus_error_raises_the_transfer_error_and_stops_the_stream()
    {
        Program(7, 4, UsartAddress + 0x28, 0x2003_0000, 4 << 25 | M2P | MInc);
        _bench.Run(10 * Microsecond);
        Assert.Equal(0x0200_0000u, _dma.Read(Hisr, 4));
        Assert.Equal(0u, _dma.Read(S(7, 0), 4) & En);
    }

    [Fact] public void FIFO_threshold_that_splits_a_burst_is_a_FIFO_error_at_once()
    {
        Program(7, 16, UsartAddress + 0x28, Ram, 4 << 25 | M2P | MInc | 2 << 13 | 1 << 23, fcr: 0x24);
        Assert.Equal(0x0040_0000u, _dma.Read(Hisr, 4));
        Assert.Equal(0u, _dma.Read(S(7, 0), 4) & En);
    }

    [Fact] public void F7_reads_DTCM_through_the_core()
    {
        var dtcm = new MemoryRegion("DTCM", 0x2000_0000, 0x1000, MemoryTiming.Tcm);
        _bench.Bus.Map(dtcm);
        dtcm.Span[0] = (byte)'X';
        Program(7, 1, UsartAddress + 0x28, 0x2000_0000, 4 << 25 | M2P | MInc);
        _bench.Run(300 * Microsecond);
        Assert.Equal("X", _sent.ToString());
    }

    [Fact] public void F7_DMA1_reaches_only_APB1_with_its_peripheral_port()
    {
        var dma1 = new Dma(1, _bench.Die, DmaVersion.F7, new DmaChannelsF7(_bench.Die), () => 216_000_000, Irqs);
        _bench.Die.Request("USART2_TX").Level = true;
        dma1.Write(S(6, 4), 1, 4);
        dma1.Write(S(6, 8), UsartAddress + 0x28, 4);
        dma1.Write(S(6, 12), Ram, 4);
        dma1.Write(S(6, 0), 4 << 25 | M2P | En, 4);
        _bench.Run(10 * Microsecond);
        Assert.Equal(8u << 16, dma1.Read(Hisr, 4));
    }

    [Theory]
    [InlineData(0x2000_0000u, 0x0200_0000u)]    // DTCM: TEIF7
    [InlineData(Ram, 0u)]
    public void H7_cannot_reach_DTCM(uint address, uint error)
    {
        var bench = new ChipBench();
        var mux = new Dmamux("DMAMUX1", bench.Die, DmamuxRequestsH7.Table);
        var dma = new Dma(2, bench.Die, DmaVersion.H7, mux, () => 200_000_000, Irqs);
        bench.Bus.Map(new MemoryRegion("DTCM", 0x2000_0000, 0x1000, MemoryTiming.Tcm));
        bench.Bus.Map(new MemoryRegion("SRAM1", 0x3000_0000, 0x1000, MemoryTiming.Ahb));
        mux.Write(15 * 4, 42, 4);
        dma.Write(S(7, 4), 4, 4);
        dma.Write(S(7, 8), UsartAddress + 0x28, 4);
        dma.Write(S(7, 12), address == Ram ? 0x3000_0000 : address, 4);
        dma.Write(S(7, 0), M2P | MInc | En, 4);
        bench.Run(10 * Microsecond);
        Assert.Equal(error, dma.Read(Hisr, 4));
    }

    [Fact] public void H7_multiplexer_leads_the_request_by_identifier()
    {
        var bench = new ChipBench();
        var mux = new Dmamux("DMAMUX1", bench.Die, DmamuxRequestsH7.Table);
        mux.Write(4, 42, 4);
        Assert.Equal("USART1_TX", mux.Find(1, 1, 0)?.Name);
        mux.Write(15 * 4, 115, 4);
        Assert.Equal("ADC3", mux.Find(2, 7, 0)?.Name);
    }

    [Fact] public void Priority_decides_between_two_streams_that_wait()
    {
        // Both memory to memory; the very high one finishes first though its number is higher.
        Program(0, 64, Ram, Ram + 0x200, M2M | PInc | MInc, fcr: 0x27);
        Program(1, 64, Ram, Ram + 0x300, M2M | PInc | MInc | 3 << 16, fcr: 0x27);
        while ((_dma.Read(Lisr, 4) & 0x820) == 0) _bench.Run(Microsecond / 100);
        Assert.Equal(0x800u, _dma.Read(Lisr, 4) & 0x820);
    }
}
