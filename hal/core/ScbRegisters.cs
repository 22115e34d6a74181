namespace SharpProbe.Hal;

/// <summary>System control block (DDI 0403E, B3.2.2; caches: DDI 0489F, 4.6).</summary>
public struct ScbRegisters
{
    public uint CPUID { get => Mmio.Read(ref this, 0x000); set => Mmio.Write(ref this, 0x000, value); }
    public uint ICSR { get => Mmio.Read(ref this, 0x004); set => Mmio.Write(ref this, 0x004, value); }
    public uint VTOR { get => Mmio.Read(ref this, 0x008); set => Mmio.Write(ref this, 0x008, value); }
    public uint AIRCR { get => Mmio.Read(ref this, 0x00C); set => Mmio.Write(ref this, 0x00C, value); }
    public uint SCR { get => Mmio.Read(ref this, 0x010); set => Mmio.Write(ref this, 0x010, value); }
    public uint CCR { get => Mmio.Read(ref this, 0x014); set => Mmio.Write(ref this, 0x014, value); }
    public uint SHPR1 { get => Mmio.Read(ref this, 0x018); set => Mmio.Write(ref this, 0x018, value); }
    public uint SHPR2 { get => Mmio.Read(ref this, 0x01C); set => Mmio.Write(ref this, 0x01C, value); }
    public uint SHPR3 { get => Mmio.Read(ref this, 0x020); set => Mmio.Write(ref this, 0x020, value); }
    public uint SHCSR { get => Mmio.Read(ref this, 0x024); set => Mmio.Write(ref this, 0x024, value); }
    public uint CFSR { get => Mmio.Read(ref this, 0x028); set => Mmio.Write(ref this, 0x028, value); }
    public uint HFSR { get => Mmio.Read(ref this, 0x02C); set => Mmio.Write(ref this, 0x02C, value); }
    public uint MMFAR { get => Mmio.Read(ref this, 0x034); set => Mmio.Write(ref this, 0x034, value); }
    public uint BFAR { get => Mmio.Read(ref this, 0x038); set => Mmio.Write(ref this, 0x038, value); }
    public uint CCSIDR { get => Mmio.Read(ref this, 0x080); set => Mmio.Write(ref this, 0x080, value); }
    public uint CSSELR { get => Mmio.Read(ref this, 0x084); set => Mmio.Write(ref this, 0x084, value); }
    public uint CPACR { get => Mmio.Read(ref this, 0x088); set => Mmio.Write(ref this, 0x088, value); }
    public uint ICIALLU { get => Mmio.Read(ref this, 0x250); set => Mmio.Write(ref this, 0x250, value); }
}
