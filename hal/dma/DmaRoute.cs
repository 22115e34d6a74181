namespace SharpProbe.Hal;

/// <summary>A DMA stream and the request that drives it: CHSEL on the F7 (RM0431 tables 25 and 26), DMAMUX1 input on the H7 (RM0433 table 121).</summary>
public readonly unsafe struct DmaRoute(DmaRegisters* dma, int stream, uint request)
{
    public DmaRegisters* Dma { get; } = dma;
    public int Stream { get; } = stream;
    public uint Request { get; } = request;
}
