namespace SharpProbe.Hal;

/// <summary>A serial line of the board: USART, pins and DMA streams.</summary>
public unsafe struct SerialWiring
{
    public UsartRegisters* Usart;
    public uint KernelHertz;
    public Pin Tx, Rx;
    /// <summary>Alternate function number of both pins.</summary>
    public uint Function;
    public DmaRoute Transmit, Receive;
    /// <summary>NVIC number of the transmit stream's interrupt.</summary>
    public int TransmitIrq;
    /// <summary>That of the receive stream, which counts the rounds of its ring; 0: nobody counts, and a loss may go unseen.</summary>
    public int ReceiveIrq;
    /// <summary>Bytes of the rings in <see cref="DmaMemory"/>, powers of two. Without a transmit ring the line only receives, and notices overruns.</summary>
    public uint TransmitRing, ReceiveRing;
}
