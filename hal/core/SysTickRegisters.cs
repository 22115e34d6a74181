namespace SharpProbe.Hal;

/// <summary>SysTick (DDI 0403E, B3.3.2).</summary>
public struct SysTickRegisters
{
    public uint CSR { get => Mmio.Read(ref this, 0x000); set => Mmio.Write(ref this, 0x000, value); }
    public uint RVR { get => Mmio.Read(ref this, 0x004); set => Mmio.Write(ref this, 0x004, value); }
    public uint CVR { get => Mmio.Read(ref this, 0x008); set => Mmio.Write(ref this, 0x008, value); }
    public uint CALIB { get => Mmio.Read(ref this, 0x00C); set => Mmio.Write(ref this, 0x00C, value); }
}
