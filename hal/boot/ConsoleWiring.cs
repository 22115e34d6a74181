namespace SharpProbe.Hal;

/// <summary>The console's USART, pins and DMA streams.</summary>
public unsafe struct ConsoleWiring
{
    public UsartRegisters* Usart;
    public uint KernelHertz, Baud;
    public Pin Tx, Rx;
    /// <summary>Alternate function number of both pins.</summary>
    public uint Function;
    public DmaRoute Transmit, Receive;
    /// <summary>NVIC number of the transmit stream's interrupt.</summary>
    public int TransmitIrq;
}
