namespace SharpProbe.Sim.Chips;

/// <summary>Leads requests to DMA streams: a fixed table of channels (F7) or the DMAMUX (H7).</summary>
public interface IDmaRouter
{
    /// <summary>The request that a stream listens to, or null when none is chosen. <paramref name="channel"/>: SxCR.CHSEL where there is one.</summary>
    DmaRequest? Find(int controller, int stream, uint channel);

    /// <summary>Raised with (controller, stream) when the choice changed under a running stream.</summary>
    event Action<int, int>? Changed;
}
