namespace SharpProbe.Hal;

/// <summary>One stream of DMA1 or DMA2 (RM0431 8.5.5 on, RM0433 15.5.5 on).</summary>
public struct DmaStreamRegisters
{
    public uint CR { get => Mmio.Read(ref this, 0x00); set => Mmio.Write(ref this, 0x00, value); }
    public uint NDTR { get => Mmio.Read(ref this, 0x04); set => Mmio.Write(ref this, 0x04, value); }
    public uint PAR { get => Mmio.Read(ref this, 0x08); set => Mmio.Write(ref this, 0x08, value); }
    public uint M0AR { get => Mmio.Read(ref this, 0x0C); set => Mmio.Write(ref this, 0x0C, value); }
    public uint M1AR { get => Mmio.Read(ref this, 0x10); set => Mmio.Write(ref this, 0x10, value); }
    public uint FCR { get => Mmio.Read(ref this, 0x14); set => Mmio.Write(ref this, 0x14, value); }
}
