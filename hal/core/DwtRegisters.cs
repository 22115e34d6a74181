namespace SharpProbe.Hal;

/// <summary>Data watchpoint and trace unit, the part that counts cycles (DDI 0403E, C1.8.3; LAR: DDI 0489F, 12.3).</summary>
public struct DwtRegisters
{
    public uint CTRL { get => Mmio.Read(ref this, 0x000); set => Mmio.Write(ref this, 0x000, value); }
    public uint CYCCNT { get => Mmio.Read(ref this, 0x004); set => Mmio.Write(ref this, 0x004, value); }
    public uint LAR { get => Mmio.Read(ref this, 0xFB0); set => Mmio.Write(ref this, 0xFB0, value); }
}
