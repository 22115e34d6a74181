namespace SharpProbe.Hal;

/// <summary>Memory protection unit, PMSAv7 (DDI 0403E, B3.5.4).</summary>
public struct MpuRegisters
{
    public uint TYPE { get => Mmio.Read(ref this, 0x000); set => Mmio.Write(ref this, 0x000, value); }
    public uint CTRL { get => Mmio.Read(ref this, 0x004); set => Mmio.Write(ref this, 0x004, value); }
    public uint RNR { get => Mmio.Read(ref this, 0x008); set => Mmio.Write(ref this, 0x008, value); }
    public uint RBAR { get => Mmio.Read(ref this, 0x00C); set => Mmio.Write(ref this, 0x00C, value); }
    public uint RASR { get => Mmio.Read(ref this, 0x010); set => Mmio.Write(ref this, 0x010, value); }
}
